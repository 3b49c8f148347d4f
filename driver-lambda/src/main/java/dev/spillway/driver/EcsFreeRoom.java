package dev.spillway.driver;

import dev.spillway.common.ecs.ContainerInstances;
import dev.spillway.common.ecs.InstanceRoom;
import dev.spillway.common.task.TaskSize;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** Asks ECS once: about 100 instances at most, which is what one call describes. */
final class EcsFreeRoom implements FreeRoom {

    private static final Logger LOG = LoggerFactory.getLogger(EcsFreeRoom.class);
    private static final int MAX_INSTANCES = 100;

    private final ContainerInstances instances;

    EcsFreeRoom(ContainerInstances instances) {
        this.instances = instances;
    }

    @Override
    public @Nullable TaskSize roomiest(List<String> arns) {
        List<String> some = arns.stream().distinct().limit(MAX_INSTANCES).toList();
        try {
            return instances.describe(some).stream()
                    .map(InstanceRoom::free)
                    .max(Comparator.comparingInt(TaskSize::memory).thenComparingInt(TaskSize::cpu))
                    .orElse(null);
        } catch (SdkException unanswered) {
            // The numbers only explain a refusal; the task must not fail for want of them.
            LOG.warn("no word on the free room of instances: {}", unanswered.getMessage());
            return null;
        }
    }
}
