package dev.spillway.local.ecs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** DescribeTasks, ListTasks and StopTask. */
final class TaskOperations {

    private static final int MAX_DESCRIBED = 100;
    private static final int MAX_REASON = 1_024;

    private final EcsWorld world;
    private final TaskLifecycle lifecycle;

    TaskOperations(EcsWorld world, TaskLifecycle lifecycle) {
        this.world = world;
        this.lifecycle = lifecycle;
    }

    DescribeTasksResponse describe(DescribeTasksRequest request) {
        KnownFields.require(request, "DescribeTasks", Set.of("cluster", "tasks", "include"));
        if (request.tasks().isEmpty()) {
            throw EcsErrors.invalidParameter("Tasks cannot be empty.");
        }
        if (request.tasks().size() > MAX_DESCRIBED) {
            throw EcsErrors.invalidParameter("Tasks can have at most " + MAX_DESCRIBED + " items.");
        }
        boolean withTags = request.includeAsStrings().contains("TAGS");
        return world.lock.holding(() -> {
            ClusterState cluster = world.cluster(request.cluster());
            Instant now = world.now();
            List<Task> found = new ArrayList<>();
            List<Failure> failures = new ArrayList<>();
            for (String reference : request.tasks()) {
                Optional<Task> task = cluster.task(reference, now).map(SimTask::describe);
                task.map(known -> withTags
                                ? known
                                : known.toBuilder().tags(List.of()).build())
                        .ifPresentOrElse(found::add, () -> failures.add(missing(cluster, reference)));
            }
            return DescribeTasksResponse.builder()
                    .tasks(found)
                    .failures(failures)
                    .build();
        });
    }

    private Failure missing(ClusterState cluster, String reference) {
        String arn = reference.startsWith("arn:")
                ? reference
                : world.settings.arn("ecs", "task/" + cluster.name() + "/" + reference);
        return Failure.builder().arn(arn).reason("MISSING").build();
    }

    ListTasksResponse list(ListTasksRequest request) {
        KnownFields.require(
                request,
                "ListTasks",
                Set.of(
                        "cluster",
                        "containerInstance",
                        "desiredStatus",
                        "family",
                        "launchType",
                        "maxResults",
                        "nextToken",
                        "startedBy"));
        if (request.startedBy() != null
                && Stream.of(
                                request.containerInstance(),
                                request.desiredStatus(),
                                request.family(),
                                request.launchType())
                        .anyMatch(Objects::nonNull)) {
            throw EcsErrors.invalidParameter("startedBy must be the only filter when it is used.");
        }
        return world.lock.holding(() -> {
            ClusterState cluster = world.cluster(request.cluster());
            List<SimTask> matching = candidates(request, cluster).stream()
                    .filter(filter(request, cluster))
                    .sorted(Comparator.comparingLong(task -> task.sequence))
                    .toList();
            Pages.Page<SimTask> page =
                    Pages.page(matching, task -> task.sequence, request.nextToken(), request.maxResults());
            return ListTasksResponse.builder()
                    .taskArns(page.items().stream().map(task -> task.arn).toList())
                    .nextToken(page.nextToken())
                    .build();
        });
    }

    private Collection<SimTask> candidates(ListTasksRequest request, ClusterState cluster) {
        if (request.startedBy() != null) {
            return cluster.liveTasksStartedBy(request.startedBy());
        }
        if (request.desiredStatus() != DesiredStatus.STOPPED) {
            return cluster.liveTasks();
        }
        return Stream.concat(cluster.liveTasks().stream(), cluster.stoppedTasks(world.now()).stream())
                .toList();
    }

    private static Predicate<SimTask> filter(ListTasksRequest request, ClusterState cluster) {
        boolean stopped = request.desiredStatus() == DesiredStatus.STOPPED;
        Predicate<SimTask> filter = task -> task.toStop == stopped;
        if (request.family() != null) {
            filter = filter.and(task -> task.launch.definition().family().equals(request.family()));
        }
        if (request.launchType() != null) {
            boolean fargate = request.launchType() == LaunchType.FARGATE;
            filter = filter.and(task -> task.isFargate() == fargate);
        }
        if (request.containerInstance() != null) {
            Optional<SimInstance> instance = cluster.instance(request.containerInstance());
            filter = filter.and(task -> instance.isPresent() && instance.get().equals(task.instance()));
        }
        return filter;
    }

    StopTaskResponse stop(StopTaskRequest request) {
        KnownFields.require(request, "StopTask", Set.of("cluster", "task", "reason"));
        if (request.task() == null) {
            throw EcsErrors.invalidParameter("Task can not be blank.");
        }
        if (request.reason() != null && request.reason().length() > MAX_REASON) {
            throw EcsErrors.invalidParameter("reason can be at most " + MAX_REASON + " characters.");
        }
        return world.lock.holding(() -> {
            ClusterState cluster = world.cluster(request.cluster());
            SimTask task = cluster.task(request.task(), world.now())
                    .orElseThrow(() -> EcsErrors.invalidParameter("The referenced task was not found."));
            String reason = Optional.ofNullable(request.reason()).orElse("Task stopped by user");
            lifecycle.stop(task, TaskStopCode.USER_INITIATED, reason);
            return StopTaskResponse.builder().task(task.describe()).build();
        });
    }
}
