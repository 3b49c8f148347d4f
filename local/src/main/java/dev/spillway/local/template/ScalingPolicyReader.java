package dev.spillway.local.template;

import java.math.BigDecimal;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.autoscaling.model.StepAdjustment;

/** Reads an {@code AWS::AutoScaling::ScalingPolicy}. */
final class ScalingPolicyReader {

    private static final Set<String> KNOWN = Set.of(
            "AutoScalingGroupName",
            "PolicyType",
            "AdjustmentType",
            "MetricAggregationType",
            "EstimatedInstanceWarmup",
            "StepAdjustments");
    private static final Set<String> KNOWN_STEP =
            Set.of("MetricIntervalLowerBound", "MetricIntervalUpperBound", "ScalingAdjustment");

    private ScalingPolicyReader() {}

    static ScalingPolicyResource read(Resource resource, String arn, Properties properties) {
        properties.only(KNOWN);
        PutScalingPolicyRequest.Builder request = PutScalingPolicyRequest.builder()
                .policyName(resource.name())
                .autoScalingGroupName(properties.requiredText("AutoScalingGroupName"))
                .policyType(properties.requiredText("PolicyType"))
                .adjustmentType(properties.requiredText("AdjustmentType"))
                .stepAdjustments(properties.objects("StepAdjustments").stream()
                        .map(ScalingPolicyReader::step)
                        .toList());
        properties.text("MetricAggregationType").ifPresent(request::metricAggregationType);
        properties
                .value("EstimatedInstanceWarmup")
                .ifPresent(value -> request.estimatedInstanceWarmup(properties.integer("EstimatedInstanceWarmup", 0)));
        return new ScalingPolicyResource(resource.logicalId(), arn, request.build());
    }

    private static StepAdjustment step(Properties properties) {
        properties.only(KNOWN_STEP);
        StepAdjustment.Builder step = StepAdjustment.builder()
                .scalingAdjustment(
                        properties.requiredNumber("ScalingAdjustment").intValueExact());
        properties
                .number("MetricIntervalLowerBound")
                .map(BigDecimal::doubleValue)
                .ifPresent(step::metricIntervalLowerBound);
        properties
                .number("MetricIntervalUpperBound")
                .map(BigDecimal::doubleValue)
                .ifPresent(step::metricIntervalUpperBound);
        return step.build();
    }
}
