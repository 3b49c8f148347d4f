package dev.spillway.local.cloudwatch;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterCombinationException;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.MissingRequiredParameterException;

/** The errors of CloudWatch in the shape in which the SDK throws them. */
final class CloudWatchErrors {

    private static final int BAD_REQUEST = 400;

    private CloudWatchErrors() {}

    static InvalidParameterValueException invalid(String message) {
        return (InvalidParameterValueException) InvalidParameterValueException.builder()
                .awsErrorDetails(details("InvalidParameterValue", message))
                .message(message)
                .statusCode(BAD_REQUEST)
                .build();
    }

    static InvalidParameterCombinationException combination(String message) {
        return (InvalidParameterCombinationException) InvalidParameterCombinationException.builder()
                .awsErrorDetails(details("InvalidParameterCombination", message))
                .message(message)
                .statusCode(BAD_REQUEST)
                .build();
    }

    static MissingRequiredParameterException missing(String parameter) {
        String message = "The parameter " + parameter + " is required.";
        return (MissingRequiredParameterException) MissingRequiredParameterException.builder()
                .awsErrorDetails(details("MissingParameter", message))
                .message(message)
                .statusCode(BAD_REQUEST)
                .build();
    }

    private static AwsErrorDetails details(String code, String message) {
        return AwsErrorDetails.builder()
                .errorCode(code)
                .errorMessage(message)
                .serviceName("CloudWatch")
                .build();
    }
}
