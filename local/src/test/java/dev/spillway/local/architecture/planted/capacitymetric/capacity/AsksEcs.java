package dev.spillway.local.architecture.planted.capacitymetric.capacity;

import software.amazon.awssdk.services.ecs.EcsClient;

final class AsksEcs {
    int count(EcsClient ecs) {
        return ecs.listContainerInstances().containerInstanceArns().size();
    }
}
