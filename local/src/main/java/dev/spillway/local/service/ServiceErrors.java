package dev.spillway.local.service;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Makes the errors of one service in the shape in which the SDK throws them: type, code, status, and the service's words.
 *
 * @param service the name that the SDK has for it
 */
public record ServiceErrors(String service) {

    private static final int BAD_REQUEST = 400;

    /** An error with status 400, which is what nearly all of them have. */
    public <B extends AwsServiceException.Builder> B badRequest(B empty, String code, String message) {
        return error(empty, BAD_REQUEST, code, message);
    }

    /**
     * An error that has everything but what only its type has.
     *
     * @param empty the builder of its type
     * @return that builder
     */
    public <B extends AwsServiceException.Builder> B error(B empty, int status, String code, String message) {
        empty.awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .serviceName(service)
                        .build())
                .message(message)
                .statusCode(status);
        return empty;
    }
}
