package dev.spillway.local.autoscaling;

import dev.spillway.local.autoscaling.StepPolicy.Step;
import dev.spillway.local.ecs.KnownFields;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.autoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.autoscaling.model.StepAdjustment;

/** Reads step scaling policies from requests, by the rules of the user guide's "Step adjustments for step scaling". */
final class StepPolicies {

    private static final double BELOW_ALL = Double.NEGATIVE_INFINITY;
    private static final double ABOVE_ALL = Double.POSITIVE_INFINITY;

    private StepPolicies() {}

    static StepPolicy read(PutScalingPolicyRequest request, String arn, GroupSettings group) {
        String type = Objects.requireNonNullElse(request.policyType(), "SimpleScaling");
        if (!type.equals("StepScaling")) {
            throw new UnsupportedOperationException("PutScalingPolicy.PolicyType " + type + " is not simulated");
        }
        KnownFields.require(
                request,
                "PutScalingPolicy",
                Set.of(
                        "AutoScalingGroupName",
                        "PolicyName",
                        "PolicyType",
                        "AdjustmentType",
                        "MinAdjustmentMagnitude",
                        "EstimatedInstanceWarmup",
                        "MetricAggregationType",
                        "StepAdjustments"));
        List<Step> steps = request.stepAdjustments().stream()
                .map(StepPolicies::step)
                .sorted(Comparator.comparingDouble(StepPolicies::lower))
                .toList();
        check(steps);
        return new StepPolicy(
                arn,
                request.policyName(),
                group.name(),
                type(request.adjustmentType()),
                Objects.requireNonNullElse(request.minAdjustmentMagnitude(), 0),
                aggregation(Objects.requireNonNullElse(request.metricAggregationType(), "Average")),
                Optional.ofNullable(request.estimatedInstanceWarmup())
                        .map(Duration::ofSeconds)
                        .orElse(group.defaultWarmup()),
                steps);
    }

    private static StepPolicy.Type type(String name) {
        return Stream.of(StepPolicy.Type.values())
                .filter(type -> type.text().equals(name))
                .findFirst()
                .orElseThrow(() -> AutoScalingErrors.validation("AdjustmentType " + name + " is not valid."));
    }

    private static StepPolicy.Aggregation aggregation(String name) {
        return Stream.of(StepPolicy.Aggregation.values())
                .filter(aggregation -> aggregation.text().equals(name))
                .findFirst()
                .orElseThrow(() -> AutoScalingErrors.validation("MetricAggregationType " + name + " is not valid."));
    }

    private static Step step(StepAdjustment adjustment) {
        if (adjustment.scalingAdjustment() == null) {
            throw AutoScalingErrors.validation("You must specify the ScalingAdjustment for each StepAdjustment.");
        }
        return new Step(
                adjustment.metricIntervalLowerBound(),
                adjustment.metricIntervalUpperBound(),
                adjustment.scalingAdjustment());
    }

    private static void check(List<Step> steps) {
        if (steps.isEmpty()) {
            throw AutoScalingErrors.validation("At least one StepAdjustment must be specified for a step policy.");
        }
        for (Step step : steps) {
            boolean open = step.lower() == null && step.upper() == null && steps.size() > 1;
            if (open || lower(step) >= upper(step)) {
                throw AutoScalingErrors.validation("The bounds of a StepAdjustment are not valid: " + step);
            }
        }
        for (int i = 1; i < steps.size(); i++) {
            if (upper(steps.get(i - 1)) != lower(steps.get(i))) {
                throw AutoScalingErrors.validation("StepAdjustment intervals can't have gaps or overlap.");
            }
        }
        double lowest = lower(steps.getFirst());
        double highest = upper(steps.getLast());
        if ((lowest < 0 && lowest != BELOW_ALL) || (highest > 0 && highest != ABOVE_ALL)) {
            throw AutoScalingErrors.validation("The outermost StepAdjustment must have a null bound.");
        }
    }

    private static double lower(Step step) {
        return step.lower() == null ? BELOW_ALL : step.lower();
    }

    private static double upper(Step step) {
        return step.upper() == null ? ABOVE_ALL : step.upper();
    }
}
