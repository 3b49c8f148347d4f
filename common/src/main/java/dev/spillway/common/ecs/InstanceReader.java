package dev.spillway.common.ecs;

import dev.spillway.common.task.TaskSize;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.Resource;

/** Reads a container instance as DescribeContainerInstances shows it. */
public final class InstanceReader {

    private InstanceReader() {}

    /** What it is and what is free on it. A resource that it does not name, it does not have. */
    public static InstanceRoom room(ContainerInstance instance) {
        return new InstanceRoom(
                instance.containerInstanceArn(),
                attribute(instance, "ecs.instance-type"),
                attribute(instance, "spillway.capacity"),
                "ACTIVE".equals(instance.status()) && Boolean.TRUE.equals(instance.agentConnected()),
                count(instance.runningTasksCount()) + count(instance.pendingTasksCount()),
                size(instance.registeredResources()),
                size(instance.remainingResources()));
    }

    private static String attribute(ContainerInstance instance, String name) {
        return instance.attributes().stream()
                .filter(a -> name.equals(a.name()))
                .map(Attribute::value)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    private static int count(@Nullable Integer tasks) {
        return tasks == null ? 0 : tasks;
    }

    private static TaskSize size(List<Resource> resources) {
        return new TaskSize(amount(resources, "CPU"), amount(resources, "MEMORY"));
    }

    private static int amount(List<Resource> resources, String name) {
        return resources.stream()
                .filter(r -> name.equals(r.name()) && r.integerValue() != null)
                .mapToInt(Resource::integerValue)
                .findFirst()
                .orElse(0);
    }
}
