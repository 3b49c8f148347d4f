package dev.spillway.local.template;

import software.amazon.awssdk.services.autoscaling.model.PutScalingPolicyRequest;

/**
 * A scaling policy of an Auto Scaling group.
 *
 * @param arn what {@code Ref} gives for it, and an alarm names
 * @param request as CloudFormation sends it
 */
public record ScalingPolicyResource(String logicalId, String arn, PutScalingPolicyRequest request) {}
