package dev.spillway.local.cloudwatch;

import dev.spillway.local.service.ServiceErrors;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterCombinationException;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.MissingRequiredParameterException;

/** The errors of CloudWatch, in its words. */
final class CloudWatchErrors {

    private static final ServiceErrors CLOUDWATCH = new ServiceErrors("CloudWatch");

    private CloudWatchErrors() {}

    static InvalidParameterValueException invalid(String message) {
        return CLOUDWATCH
                .badRequest(InvalidParameterValueException.builder(), "InvalidParameterValue", message)
                .build();
    }

    static InvalidParameterCombinationException combination(String message) {
        return CLOUDWATCH
                .badRequest(InvalidParameterCombinationException.builder(), "InvalidParameterCombination", message)
                .build();
    }

    static MissingRequiredParameterException missing(String parameter) {
        String message = "The parameter " + parameter + " is required.";
        return CLOUDWATCH
                .badRequest(MissingRequiredParameterException.builder(), "MissingParameter", message)
                .build();
    }
}
