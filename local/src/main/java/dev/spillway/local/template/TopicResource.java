package dev.spillway.local.template;

/**
 * An SNS topic.
 *
 * @param arn what {@code Ref} gives for it, and an alarm names
 */
public record TopicResource(String logicalId, String name, String arn) {}
