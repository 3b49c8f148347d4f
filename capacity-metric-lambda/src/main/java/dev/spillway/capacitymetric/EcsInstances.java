package dev.spillway.capacitymetric;

import dev.spillway.capacitymetric.capacity.Instance;
import dev.spillway.capacitymetric.capacity.InstanceState;
import dev.spillway.common.ecs.EcsFailures;
import dev.spillway.common.ecs.InstanceReader;
import dev.spillway.common.function.Calls;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.Resource;

/**
 * Reads all container instances of a cluster. They are listed without a status, which gives all but the INACTIVE ones
 * (ECS API reference, ListContainerInstances), in pages of 100, each of which names the next. While the next page is
 * listed, those before it are described, so that 5,000 instances, the most that a cluster has, cost 50 + 50 calls.
 *
 * <p>ECS allows 100 such calls at once and 20 a second in the long run, for the whole account (ECS developer guide,
 * "Request throttling"). A few descriptions at a time keep pace with the list; more would only be throttled. Those that
 * are throttled the SDK repeats.
 */
final class EcsInstances {

    private static final int PAGE = 100;

    private static final int DESCRIBED_AT_ONCE = 8;

    private final EcsClient ecs;
    private final String cluster;
    private final Executor executor;

    EcsInstances(EcsClient ecs, String cluster, Executor executor) {
        this.ecs = ecs;
        this.cluster = cluster;
        this.executor = executor;
    }

    /**
     * All of them, or a failure. One that leaves between its listing and its description is not among them.
     *
     * @throws IllegalStateException if there is no such cluster, or if ECS leaves somebody out
     */
    Collection<Instance> all() {
        Calls<List<Listed>> describing = new Calls<>(executor, DESCRIBED_AT_ONCE);
        try {
            for (ListContainerInstancesResponse page : list()) {
                if (describing.haveFailed()) {
                    break;
                }
                List<String> arns = page.containerInstanceArns();
                if (!arns.isEmpty()) {
                    describing.begin(() -> describe(arns));
                }
            }
        } catch (ClusterNotFoundException unknown) {
            throw new IllegalStateException("CLUSTER names no cluster of this account and Region: " + cluster, unknown);
        } finally {
            describing.settle();
        }
        // One that moves from page to page while it is listed must not count twice.
        Map<String, Instance> byArn = new LinkedHashMap<>();
        describing.results().forEach(page -> page.forEach(listed -> byArn.put(listed.arn(), listed.instance())));
        return byArn.values();
    }

    private record Listed(String arn, Instance instance) {}

    private Iterable<ListContainerInstancesResponse> list() {
        return ecs.listContainerInstancesPaginator(r -> r.cluster(cluster).maxResults(PAGE));
    }

    private List<Listed> describe(List<String> arns) {
        DescribeContainerInstancesResponse answer =
                ecs.describeContainerInstances(r -> r.cluster(cluster).containerInstances(arns));
        long gone = answer.failures().stream().filter(EcsFailures::isMissing).count();
        if (answer.containerInstances().size() + gone < arns.size()) {
            throw new IllegalStateException("ECS did not describe %d of %d container instances: %s"
                    .formatted(
                            arns.size() - answer.containerInstances().size() - gone, arns.size(), answer.failures()));
        }
        return answer.containerInstances().stream()
                // Listed while it was there, and gone by now.
                .filter(instance -> !"INACTIVE".equals(instance.status()))
                .map(instance -> new Listed(instance.containerInstanceArn(), instance(instance)))
                .toList();
    }

    private static Instance instance(ContainerInstance instance) {
        return new Instance(
                InstanceState.of(String.valueOf(instance.status()), Boolean.TRUE.equals(instance.agentConnected())),
                InstanceReader.room(instance),
                gpus(instance.registeredResources()),
                gpus(instance.remainingResources()));
    }

    /** GPUs are named one by one; of the remaining resources those are named that no task has. */
    private static int gpus(List<Resource> resources) {
        return resources.stream()
                .filter(resource -> "GPU".equals(resource.name()))
                .mapToInt(resource -> resource.stringSetValue().size())
                .sum();
    }
}
