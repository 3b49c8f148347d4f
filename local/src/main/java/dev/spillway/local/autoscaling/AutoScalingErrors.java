package dev.spillway.local.autoscaling;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.InvalidNextTokenException;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityInProgressException;

/** The errors of Auto Scaling in the shape in which the SDK throws them: type, code, status 400, and its words. */
final class AutoScalingErrors {

    private static final int BAD_REQUEST = 400;

    private AutoScalingErrors() {}

    static AutoScalingException validation(String message) {
        return (AutoScalingException) AutoScalingException.builder()
                .awsErrorDetails(details("ValidationError", message))
                .message(message)
                .statusCode(BAD_REQUEST)
                .build();
    }

    static AutoScalingException groupNotFound(String name) {
        return validation("AutoScalingGroup name not found - AutoScalingGroup: " + name + " not found");
    }

    static ScalingActivityInProgressException inProgress(String activityId) {
        String message = "Scaling activity " + activityId + " is in progress and blocks this action";
        return ScalingActivityInProgressException.builder()
                .awsErrorDetails(details("ScalingActivityInProgress", message))
                .message(message)
                .statusCode(BAD_REQUEST)
                .build();
    }

    static InvalidNextTokenException invalidNextToken() {
        String message = "The token is not valid.";
        return InvalidNextTokenException.builder()
                .awsErrorDetails(details("InvalidNextToken", message))
                .message(message)
                .statusCode(BAD_REQUEST)
                .build();
    }

    private static AwsErrorDetails details(String code, String message) {
        return AwsErrorDetails.builder()
                .errorCode(code)
                .errorMessage(message)
                .serviceName("AutoScaling")
                .build();
    }
}
