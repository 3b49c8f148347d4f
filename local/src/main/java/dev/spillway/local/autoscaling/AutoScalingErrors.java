package dev.spillway.local.autoscaling;

import dev.spillway.local.service.ServiceErrors;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.InvalidNextTokenException;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityInProgressException;

/** The errors of Auto Scaling, in its words. */
final class AutoScalingErrors {

    private static final ServiceErrors AUTO_SCALING = new ServiceErrors("AutoScaling");

    private AutoScalingErrors() {}

    static AutoScalingException validation(String message) {
        return (AutoScalingException) AUTO_SCALING
                .badRequest(AutoScalingException.builder(), "ValidationError", message)
                .build();
    }

    static AutoScalingException groupNotFound(String name) {
        return validation("AutoScalingGroup name not found - AutoScalingGroup: " + name + " not found");
    }

    static ScalingActivityInProgressException inProgress(String activityId) {
        String message = "Scaling activity " + activityId + " is in progress and blocks this action";
        return AUTO_SCALING
                .badRequest(ScalingActivityInProgressException.builder(), "ScalingActivityInProgress", message)
                .build();
    }

    static InvalidNextTokenException invalidNextToken() {
        return AUTO_SCALING
                .badRequest(InvalidNextTokenException.builder(), "InvalidNextToken", "The token is not valid.")
                .build();
    }
}
