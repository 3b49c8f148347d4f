package dev.spillway.drain;

import dev.spillway.drain.step.InstanceFacts.Member;
import dev.spillway.drain.step.InstanceFacts.TasksThere;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceStatus;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.TargetType;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateResponse;

/**
 * ECS's side: what an instance is in the cluster, and what is on it.
 *
 * <p>Since when an instance waits is kept as an attribute on the container instance, written once. It is there as long as the
 * instance is, and one description reads it for a hundred of them. Auto Scaling's own record, the scaling activity, names its
 * instance only in prose, and after two days lies below thousands of others.
 */
final class ContainerInstancesGoing {

    /** The attribute with the instant at which the instance was first seen to wait. */
    static final String WAITING_SINCE = "spillway.draining-since";

    /** How many ids go into one filter: the query language does not say how long an expression may be. */
    private static final int FILTERED = 50;

    /** How many one call takes (ECS API, DescribeTasks, ListTasks). */
    private static final int PAGE = 100;

    private static final String STOPPED = "STOPPED";

    private final EcsClient ecs;
    private final String cluster;

    ContainerInstancesGoing(EcsClient ecs, String cluster) {
        this.ecs = ecs;
        this.cluster = cluster;
    }

    /** The container instances of the EC2 instances. */
    Members find(Collection<String> instanceIds) {
        List<String> ids = instanceIds.stream().distinct().toList();
        Map<String, ContainerInstance> found = new HashMap<>();
        List<Failure> undescribed = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += FILTERED) {
            String filter = ids.subList(from, Math.min(from + FILTERED, ids.size())).stream()
                    .collect(Collectors.joining(", ", "ec2InstanceId in [", "]"));
            // All but the INACTIVE ones (ECS API, ListContainerInstances).
            ecs.listContainerInstancesPaginator(r -> r.cluster(cluster).filter(filter)).stream()
                    .map(page -> page.containerInstanceArns())
                    .filter(arns -> !arns.isEmpty())
                    .map(arns -> ecs.describeContainerInstances(
                            r -> r.cluster(cluster).containerInstances(arns)))
                    .forEach(answer -> {
                        undescribed.addAll(Undescribed.of(answer.failures()));
                        answer.containerInstances().stream()
                                .filter(instance -> !"INACTIVE".equals(instance.status()))
                                .forEach(instance -> found.merge(
                                        instance.ec2InstanceId(), instance, ContainerInstancesGoing::living));
                    });
        }
        return new Members(
                found.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> member(e.getValue()))),
                undescribed);
    }

    /** An agent that lost its data registers its instance anew; the old registration stays and runs nothing. */
    private static ContainerInstance living(ContainerInstance one, ContainerInstance other) {
        Comparator<ContainerInstance> byLife = Comparator.comparing(
                        (ContainerInstance instance) -> Boolean.TRUE.equals(instance.agentConnected()))
                .thenComparing(ContainerInstance::registeredAt, Comparator.nullsFirst(Comparator.naturalOrder()));
        return byLife.compare(one, other) >= 0 ? one : other;
    }

    /**
     * Has ECS place nothing more on the instance.
     *
     * @return what it is now; empty if it has left the cluster meanwhile
     * @throws IllegalStateException if ECS refused
     */
    Optional<Member> drain(String containerInstanceArn) {
        UpdateContainerInstancesStateResponse response = ecs.updateContainerInstancesState(r ->
                r.cluster(cluster).containerInstances(containerInstanceArn).status(ContainerInstanceStatus.DRAINING));
        Optional<Member> drained = response.containerInstances().stream()
                .filter(instance -> !"ACTIVE".equals(instance.status()) && !"INACTIVE".equals(instance.status()))
                .map(ContainerInstancesGoing::member)
                .findFirst();
        List<Failure> failures = response.failures();
        // Without a failure it is not known why.
        if (drained.isEmpty()
                && (failures.isEmpty() || !Undescribed.of(failures).isEmpty())) {
            throw new IllegalStateException("ECS did not set " + containerInstanceArn + " to DRAINING: "
                    + failures.stream().map(Failure::reason).toList());
        }
        return drained;
    }

    /** Writes down when it was first seen to wait. */
    void remember(String containerInstanceArn, Instant since) {
        ecs.putAttributes(r -> r.cluster(cluster)
                .attributes(Attribute.builder()
                        .name(WAITING_SINCE)
                        .value(since.truncatedTo(ChronoUnit.SECONDS).toString())
                        .targetType(TargetType.CONTAINER_INSTANCE)
                        .targetId(containerInstanceArn)
                        .build()));
    }

    /**
     * What is on the instance. Only if nothing runs there that holds it are the tasks looked at that were asked to stop: ECS
     * keeps those of the last hour, and there can be many.
     */
    TasksThere tasksOn(String containerInstanceArn, Predicate<Task> isDaemon) {
        List<Task> running = tasks(containerInstanceArn, DesiredStatus.RUNNING);
        List<String> holding = running.stream()
                // One may have stopped since it was listed.
                .filter(task -> !STOPPED.equals(task.lastStatus()))
                .filter(isDaemon.negate())
                .map(Task::taskArn)
                .toList();
        int others = running.size() - holding.size();
        long stopping = holding.isEmpty()
                ? tasks(containerInstanceArn, DesiredStatus.STOPPED).stream()
                        .filter(task -> !STOPPED.equals(task.lastStatus()))
                        .filter(isDaemon.negate())
                        .count()
                : 0;
        return new TasksThere(holding, others, (int) stopping);
    }

    private List<Task> tasks(String containerInstanceArn, DesiredStatus desired) {
        List<Task> tasks = new ArrayList<>();
        ecs
                .listTasksPaginator(r -> r.cluster(cluster)
                        .containerInstance(containerInstanceArn)
                        .desiredStatus(desired)
                        .maxResults(PAGE))
                .stream()
                .map(page -> page.taskArns())
                .filter(arns -> !arns.isEmpty())
                .forEach(arns -> tasks.addAll(described(arns)));
        return tasks;
    }

    private List<Task> described(List<String> arns) {
        DescribeTasksResponse answer = ecs.describeTasks(r -> r.cluster(cluster).tasks(arns));
        List<Failure> undescribed = Undescribed.of(answer.failures());
        if (!undescribed.isEmpty()) {
            throw new IllegalStateException("ECS did not describe all tasks: " + undescribed);
        }
        return answer.tasks();
    }

    private static Member member(ContainerInstance instance) {
        int running = Objects.requireNonNullElse(instance.runningTasksCount(), 0);
        int pending = Objects.requireNonNullElse(instance.pendingTasksCount(), 0);
        return new Member(
                instance.containerInstanceArn(),
                "ACTIVE".equals(instance.status()),
                Boolean.TRUE.equals(instance.agentConnected()),
                // The first counts what shall run, which a pending task may be a part of.
                Math.max(running, pending),
                waitingSince(instance));
    }

    private static @Nullable Instant waitingSince(ContainerInstance instance) {
        return instance.attributes().stream()
                .filter(attribute -> WAITING_SINCE.equals(attribute.name()))
                .map(Attribute::value)
                .filter(Objects::nonNull)
                .map(ContainerInstancesGoing::instant)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    /** What cannot be read is written anew. */
    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException odd) {
            return Optional.empty();
        }
    }
}
