package dev.spillway.common.ecs;

import dev.spillway.common.task.TaskSize;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceStatus;
import software.amazon.awssdk.services.ecs.model.Resource;

/** Asks ECS: ListContainerInstances and DescribeContainerInstances give and take at most 100 at a time. */
public final class EcsContainerInstances implements ContainerInstances {

    private static final int PAGE = 100;

    private final EcsClient ecs;
    private final String cluster;

    public EcsContainerInstances(EcsClient ecs, String cluster) {
        this.ecs = ecs;
        this.cluster = cluster;
    }

    @Override
    public List<InstanceRoom> describe(Collection<String> arns) {
        List<String> all = arns.stream().distinct().toList();
        List<InstanceRoom> rooms = new ArrayList<>();
        for (int from = 0; from < all.size(); from += PAGE) {
            List<String> page = all.subList(from, Math.min(from + PAGE, all.size()));
            ecs.describeContainerInstances(r -> r.cluster(cluster).containerInstances(page))
                    .containerInstances()
                    .forEach(instance -> rooms.add(room(instance)));
        }
        return rooms;
    }

    @Override
    public List<InstanceRoom> active() {
        List<String> arns = ecs
                .listContainerInstancesPaginator(r -> r.cluster(cluster)
                        .status(ContainerInstanceStatus.ACTIVE)
                        .maxResults(PAGE))
                .stream()
                .flatMap(page -> page.containerInstanceArns().stream())
                .toList();
        return describe(arns);
    }

    private static InstanceRoom room(ContainerInstance instance) {
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
