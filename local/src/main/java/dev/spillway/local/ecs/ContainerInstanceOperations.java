package dev.spillway.local.ecs;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceStatus;
import software.amazon.awssdk.services.ecs.model.DeregisterContainerInstanceRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterContainerInstanceResponse;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.PutAttributesRequest;
import software.amazon.awssdk.services.ecs.model.PutAttributesResponse;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateRequest;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateResponse;

/** The operations of ECS on container instances. */
final class ContainerInstanceOperations {

    private static final int MAX_DESCRIBED = 100;
    private static final int MAX_UPDATED = 10;
    private static final Pattern ATTRIBUTE_NAME = Pattern.compile("[A-Za-z0-9_./\\\\-]{1,128}");
    private static final Pattern ATTRIBUTE_VALUE = Pattern.compile("(?!\\s)[A-Za-z0-9_.@/\\\\: -]{0,128}(?<!\\s)");

    private final EcsWorld world;
    private final TaskLifecycle lifecycle;

    ContainerInstanceOperations(EcsWorld world, TaskLifecycle lifecycle) {
        this.world = world;
        this.lifecycle = lifecycle;
    }

    ListContainerInstancesResponse list(ListContainerInstancesRequest request) {
        KnownFields.require(
                request, "ListContainerInstances", Set.of("cluster", "filter", "maxResults", "nextToken", "status"));
        return world.lock.holding(() -> {
            ClusterState cluster = world.cluster(request.cluster());
            List<SimInstance> matching = cluster.instances().stream()
                    .filter(instance ->
                            request.status() == null || instance.status().name().equals(request.statusAsString()))
                    .filter(instance -> request.filter() == null
                            || RunTaskRules.query(request.filter()).matches(instance.view()))
                    .toList();
            Pages.Page<SimInstance> page =
                    Pages.page(matching, SimInstance::sequence, request.nextToken(), request.maxResults());
            return ListContainerInstancesResponse.builder()
                    .containerInstanceArns(
                            page.items().stream().map(SimInstance::arn).toList())
                    .nextToken(page.nextToken())
                    .build();
        });
    }

    DescribeContainerInstancesResponse describe(DescribeContainerInstancesRequest request) {
        KnownFields.require(request, "DescribeContainerInstances", Set.of("cluster", "containerInstances", "include"));
        checkSize(request.containerInstances(), MAX_DESCRIBED);
        return world.lock.holding(() -> {
            ClusterState cluster = world.cluster(request.cluster());
            List<Failure> failures = new ArrayList<>();
            List<ContainerInstance> found =
                    each(request.containerInstances(), cluster, failures, SimInstance::describe);
            return DescribeContainerInstancesResponse.builder()
                    .containerInstances(found)
                    .failures(failures)
                    .build();
        });
    }

    /** DRAINING keeps new tasks away and leaves standalone tasks alone; there are no services here. */
    UpdateContainerInstancesStateResponse updateState(UpdateContainerInstancesStateRequest request) {
        KnownFields.require(
                request, "UpdateContainerInstancesState", Set.of("cluster", "containerInstances", "status"));
        checkSize(request.containerInstances(), MAX_UPDATED);
        SimInstance.Status wanted = wanted(request.status());
        return world.lock.holding(() -> {
            ClusterState cluster = world.cluster(request.cluster());
            List<Failure> failures = new ArrayList<>();
            List<ContainerInstance> updated = each(request.containerInstances(), cluster, failures, instance -> {
                if (instance.status() != wanted) {
                    instance.status(wanted);
                    world.publish(instance, cluster);
                }
                return instance.describe();
            });
            lifecycle.capacityChanged(cluster);
            return UpdateContainerInstancesStateResponse.builder()
                    .containerInstances(updated)
                    .failures(failures)
                    .build();
        });
    }

    private static SimInstance.Status wanted(@Nullable ContainerInstanceStatus status) {
        if (status == ContainerInstanceStatus.ACTIVE) {
            return SimInstance.Status.ACTIVE;
        }
        if (status == ContainerInstanceStatus.DRAINING) {
            return SimInstance.Status.DRAINING;
        }
        throw EcsErrors.invalidParameter("Container instance status should be one of [ACTIVE,DRAINING].");
    }

    DeregisterContainerInstanceResponse deregister(DeregisterContainerInstanceRequest request) {
        KnownFields.require(request, "DeregisterContainerInstance", Set.of("cluster", "containerInstance", "force"));
        return world.lock.holding(() -> {
            ClusterState cluster = world.cluster(request.cluster());
            SimInstance instance = cluster.instance(request.containerInstance())
                    .orElseThrow(() -> EcsErrors.invalidParameter("Referenced container instance not found."));
            boolean force = Boolean.TRUE.equals(request.force());
            if (!instance.tasks().isEmpty() && !force) {
                throw EcsErrors.invalidParameter("Found running tasks on the instance.");
            }
            // Forced, the instance leaves at once, and its tasks with it.
            instance.status(SimInstance.Status.INACTIVE);
            cluster.remove(instance);
            instance.tasks()
                    .forEach(task -> lifecycle.hostLost(
                            task,
                            TaskStopCode.USER_INITIATED,
                            "Task stopped: container instance " + instance.arn() + " was deregistered"));
            world.publish(instance, cluster);
            return DeregisterContainerInstanceResponse.builder()
                    .containerInstance(instance.describe())
                    .build();
        });
    }

    /** Attributes of container instances only; a value replaces the one of the same name (API reference, PutAttributes). */
    PutAttributesResponse putAttributes(PutAttributesRequest request) {
        KnownFields.require(request, "PutAttributes", Set.of("cluster", "attributes"));
        if (request.attributes().isEmpty() || request.attributes().size() > MAX_UPDATED) {
            throw EcsErrors.invalidParameter("Attributes can have 1 to " + MAX_UPDATED + " items.");
        }
        return world.lock.holding(() -> {
            ClusterState cluster = world.cluster(request.cluster());
            request.attributes().forEach(attribute -> put(cluster, attribute));
            lifecycle.capacityChanged(cluster);
            return PutAttributesResponse.builder()
                    .attributes(request.attributes())
                    .build();
        });
    }

    private static void put(ClusterState cluster, Attribute attribute) {
        SimInstance instance = cluster.instance(attribute.targetId()).orElseThrow(EcsErrors::targetNotFound);
        String value = Objects.requireNonNullElse(attribute.value(), "");
        if (!ATTRIBUTE_NAME.matcher(attribute.name()).matches()
                || !ATTRIBUTE_VALUE.matcher(value).matches()) {
            throw EcsErrors.invalidParameter("Attribute name or value contains characters that are not allowed.");
        }
        instance.attribute(attribute.name(), value);
    }

    private static void checkSize(List<String> instances, int max) {
        if (instances.isEmpty()) {
            throw EcsErrors.invalidParameter("Container instances cannot be empty.");
        }
        if (instances.size() > max) {
            throw EcsErrors.invalidParameter("Container instances can have at most " + max + " items.");
        }
    }

    private List<ContainerInstance> each(
            List<String> references,
            ClusterState cluster,
            List<Failure> failures,
            Function<SimInstance, ContainerInstance> action) {
        List<ContainerInstance> found = new ArrayList<>();
        for (String reference : references) {
            cluster.instance(reference)
                    .map(action)
                    .ifPresentOrElse(
                            found::add,
                            () -> failures.add(Failure.builder()
                                    .arn(reference)
                                    .reason("MISSING")
                                    .build()));
        }
        return found;
    }
}
