package dev.spillway.local.template;

/**
 * A resource of the template, as those see it that refer to it.
 *
 * @param logicalId its key under {@code Resources}
 * @param type for example {@code AWS::SQS::Queue}
 * @param name the name it has in the account: the one the template gives, otherwise stack name and logical id
 */
public record Resource(String logicalId, String type, String name) {}
