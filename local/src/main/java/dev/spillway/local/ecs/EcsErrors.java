package dev.spillway.local.ecs;

import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.TargetNotFoundException;

/** The errors of ECS in the shape in which the SDK throws them: type, code, status 400, and ECS's words. */
final class EcsErrors {

    private static final int BAD_REQUEST = 400;

    private EcsErrors() {}

    static InvalidParameterException invalidParameter(String message) {
        return (InvalidParameterException) InvalidParameterException.builder()
                .awsErrorDetails(details("InvalidParameterException", message))
                .message(message)
                .statusCode(BAD_REQUEST)
                .build();
    }

    static ClientException client(String message) {
        return (ClientException) ClientException.builder()
                .awsErrorDetails(details("ClientException", message))
                .message(message)
                .statusCode(BAD_REQUEST)
                .build();
    }

    static ClusterNotFoundException clusterNotFound() {
        return (ClusterNotFoundException) ClusterNotFoundException.builder()
                .awsErrorDetails(details("ClusterNotFoundException", "Cluster not found."))
                .message("Cluster not found.")
                .statusCode(BAD_REQUEST)
                .build();
    }

    static TargetNotFoundException targetNotFound() {
        String message = "The specified target was not found.";
        return (TargetNotFoundException) TargetNotFoundException.builder()
                .awsErrorDetails(details("TargetNotFoundException", message))
                .message(message)
                .statusCode(BAD_REQUEST)
                .build();
    }

    static ConflictException conflict(String message, List<String> resourceIds) {
        return ConflictException.builder()
                .resourceIds(resourceIds)
                .awsErrorDetails(details("ConflictException", message))
                .message(message)
                .statusCode(BAD_REQUEST)
                .build();
    }

    private static AwsErrorDetails details(String code, String message) {
        return AwsErrorDetails.builder()
                .errorCode(code)
                .errorMessage(message)
                .serviceName("Ecs")
                .build();
    }
}
