package dev.spillway.common.ecs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceStatus;

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
                    .forEach(instance -> rooms.add(InstanceReader.room(instance)));
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
}
