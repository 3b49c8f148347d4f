package dev.spillway.local.lambda;

import com.fasterxml.jackson.core.JacksonException;
import dev.spillway.local.service.ServiceErrors;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** The errors of Lambda itself, in its words; those of a function are {@link FunctionErrors}. */
final class LambdaErrors {

    private static final ServiceErrors LAMBDA = new ServiceErrors("Lambda");
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;

    private LambdaErrors() {}

    static ResourceNotFoundException notFound(String arn) {
        String message = "Function not found: " + arn;
        return LAMBDA.error(ResourceNotFoundException.builder(), NOT_FOUND, "ResourceNotFoundException", message)
                .build();
    }

    static RequestTooLargeException tooLarge(int maxBytes) {
        String message = "Request must be smaller than " + maxBytes + " bytes for the InvokeFunction operation";
        return LAMBDA.error(RequestTooLargeException.builder(), TOO_LARGE, "RequestTooLargeException", message)
                .build();
    }

    static InvalidRequestContentException notJson(JacksonException cause) {
        String message = "Could not parse request body into json: " + cause.getOriginalMessage();
        return LAMBDA.badRequest(InvalidRequestContentException.builder(), "InvalidRequestContentException", message)
                .build();
    }
}
