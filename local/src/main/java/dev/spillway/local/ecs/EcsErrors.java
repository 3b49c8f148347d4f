package dev.spillway.local.ecs;

import dev.spillway.local.service.ServiceErrors;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.TargetNotFoundException;

/** The errors of ECS, in its words. */
final class EcsErrors {

    private static final ServiceErrors ECS = new ServiceErrors("Ecs");

    private EcsErrors() {}

    static InvalidParameterException invalidParameter(String message) {
        return ECS.badRequest(InvalidParameterException.builder(), "InvalidParameterException", message)
                .build();
    }

    static ClientException client(String message) {
        return ECS.badRequest(ClientException.builder(), "ClientException", message)
                .build();
    }

    static ClusterNotFoundException clusterNotFound() {
        return ECS.badRequest(ClusterNotFoundException.builder(), "ClusterNotFoundException", "Cluster not found.")
                .build();
    }

    static TargetNotFoundException targetNotFound() {
        String message = "The specified target was not found.";
        return ECS.badRequest(TargetNotFoundException.builder(), "TargetNotFoundException", message)
                .build();
    }

    static ConflictException conflict(String message, List<String> resourceIds) {
        return ECS.badRequest(ConflictException.builder(), "ConflictException", message)
                .resourceIds(resourceIds)
                .build();
    }
}
