package dev.spillway.local.architecture.planted.driver.chain;

import software.amazon.awssdk.services.ecs.EcsClient;

final class AsksEcs {
    boolean decide(EcsClient ecs) {
        return ecs.listTasks().taskArns().isEmpty();
    }
}
