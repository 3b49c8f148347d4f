package dev.spillway.taskstate;

import dev.spillway.common.aws.AwsFailure;
import dev.spillway.common.ecs.ContainerInstances;
import dev.spillway.common.ecs.InstanceRoom;
import dev.spillway.common.ecs.TaskDefinitionFacts;
import dev.spillway.common.ecs.TaskDefinitions;
import dev.spillway.common.store.InMemoryTaskStore;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskSize;
import dev.spillway.taskstate.event.Event;
import dev.spillway.taskstate.event.TaskChange;
import dev.spillway.taskstate.line.Line;
import dev.spillway.taskstate.line.ProviderLine;
import dev.spillway.taskstate.line.WaitingLine;
import dev.spillway.taskstate.stop.StopJudgement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.Task;

/** The function with an ECS that is scripted: what runs, what was forgotten, and what fails. */
final class World {

    final InMemoryTaskStore table = new InMemoryTaskStore();
    final List<String> stopped = new ArrayList<>();
    final List<String> released = new ArrayList<>();
    final List<Integer> described = new ArrayList<>();
    final List<InstanceRoom> instances = new ArrayList<>();
    final List<String> log = new ArrayList<>();

    private final Map<String, TaskChange> onEcs = new HashMap<>();
    private final Set<String> unanswered = new HashSet<>();
    private final Set<String> broken = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private TaskDefinitions.Lookup definition =
            new TaskDefinitions.Lookup.NotFound(new AwsFailure.Retryable("Rate exceeded", false));
    private Duration stopTakes = Duration.ZERO;
    private Consumer<TaskId> beforeUpdate = taskId -> {};
    private Instant now = Records.NOW;

    private final TaskState taskState;

    World() {
        this(Duration.ZERO);
    }

    /** @param patience zero unless capacity providers find the instances */
    World(Duration patience) {
        StopJudgement judgement = new StopJudgement(10);
        Consequences consequences = new Consequences(Duration.ofDays(14));
        Moves moves = new Moves(judgement, consequences);
        OverdueMoves overdueMoves = new OverdueMoves(judgement, consequences);
        TaskStore store = new Disturbed();
        Line line = patience.isZero() ? new WaitingLine(table, new Instances()) : new ProviderLine(table);
        Following following = new Following(store, (name, at) -> definition, this::stop, new Recorded(), moves);
        Overdue overdue = new Overdue(this::stop, following, overdueMoves, new Recorded(), patience);
        Sweep sweep =
                new Sweep(table, store, new EcsTasks(new Ecs(), "spillway"), overdue, new Recorded(), line, clock());
        taskState = new TaskState(following, sweep, line, new Recorded());
    }

    /** A record that is in the table. */
    World has(TaskRecord... records) {
        Arrays.stream(records).forEach(table::create);
        return this;
    }

    /** What DescribeTasks says; of a task without an answer it says MISSING. */
    World ecsSays(TaskChange... changes) {
        Arrays.stream(changes).forEach(change -> onEcs.put(change.taskArn(), change));
        return this;
    }

    World ecsSaysNothingOf(String arn) {
        unanswered.add(arn);
        return this;
    }

    /** ECS does not take the ARN, nor any question that holds it. */
    World refuses(String arn) {
        refused.add(arn);
        return this;
    }

    /** Every call that is about this fails: a task id, an ARN, or the name of an operation. */
    World breaks(String what) {
        broken.add(what);
        return this;
    }

    /** How long StopTask lets the function wait. */
    World stopsSlowly(Duration each) {
        stopTakes = each;
        return this;
    }

    World mends(String what) {
        broken.remove(what);
        return this;
    }

    World defines(TaskDefinitions.Lookup lookup) {
        definition = lookup;
        return this;
    }

    World defines(TaskDefinitionFacts.Container... containers) {
        return defines(new TaskDefinitions.Lookup.Found(new TaskDefinitionFacts(
                Records.DEFINITION, "bridge", Set.of("EC2"), null, null, Set.of(), List.of(containers))));
    }

    /** An instance with room; the others in the cluster have none. */
    World room(String arn, int free) {
        return room(arn, free, true);
    }

    World room(String arn, int free, boolean takesTasks) {
        return room(arn, free, takesTasks, 0);
    }

    World room(String arn, int free, boolean takesTasks, int tasks) {
        instances.add(new InstanceRoom(
                arn, "m5.large", "spot", takesTasks, tasks, new TaskSize(8_192, 8_192), new TaskSize(free, free)));
        return this;
    }

    /** What somebody else does between the reading of a record and the write, once. */
    World meanwhile(Consumer<TaskId> action) {
        beforeUpdate = action;
        return this;
    }

    World later(Duration duration) {
        now = now.plus(duration);
        return this;
    }

    Instant now() {
        return now;
    }

    Followed news(String taskId, TaskChange change) {
        return handle(new Event.TaskChanged(new TaskId(taskId), change)).getFirst();
    }

    List<Followed> sweep() {
        return handle(new Event.MinutePassed());
    }

    List<Followed> handle(Event event) {
        return taskState.handle(event, now);
    }

    TaskRecord record(String taskId) {
        return table.find(new TaskId(taskId)).orElseThrow();
    }

    Stream<String> history(String taskId) {
        return record(taskId).history().stream().map(line -> line.what());
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("not asked for");
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    private void stop(String arn, String reason) {
        now = now.plus(stopTakes);
        check(arn);
        check("stop " + arn);
        log.add("stop " + arn);
        stopped.add(arn + ": " + reason);
    }

    private final class Recorded implements Releases {
        @Override
        public void release(TaskId taskId, Duration delay) {
            World.this.release(taskId, delay);
        }

        @Override
        public void probe(TaskId taskId, @Nullable TaskSize roomiest) {
            World.this.release(taskId, Duration.ZERO);
        }
    }

    private void release(TaskId taskId, Duration delay) {
        check("release " + taskId);
        log.add("release " + taskId);
        released.add(taskId + " in " + delay.toSeconds() + " s");
    }

    private void check(String what) {
        if (broken.contains(what)) {
            throw EcsException.builder().message("no " + what + " now").build();
        }
    }

    /** The table, in which somebody else may be faster. */
    private final class Disturbed implements TaskStore {

        @Override
        public Creation create(TaskRecord first) {
            return table.create(first);
        }

        @Override
        public Update update(TaskRecord next) {
            Consumer<TaskId> action = beforeUpdate;
            beforeUpdate = taskId -> {};
            action.accept(next.taskId());
            check("update " + next.taskId());
            log.add("update " + next.taskId());
            return table.update(next);
        }

        @Override
        public Optional<TaskRecord> find(TaskId taskId) {
            check("find " + taskId);
            return table.find(taskId);
        }
    }

    private final class Instances implements ContainerInstances {

        @Override
        public List<InstanceRoom> describe(Collection<String> arns) {
            return instances.stream().filter(room -> arns.contains(room.arn())).toList();
        }

        @Override
        public List<InstanceRoom> active() {
            check("ListContainerInstances");
            return List.copyOf(instances);
        }
    }

    private final class Ecs implements EcsClient {

        @Override
        public DescribeTasksResponse describeTasks(DescribeTasksRequest request) {
            described.add(request.tasks().size());
            request.tasks().forEach(World.this::check);
            if (request.tasks().stream().anyMatch(refused::contains)) {
                throw InvalidParameterException.builder()
                        .message("Invalid identifier: Identifier is for another cluster")
                        .statusCode(400)
                        .build();
            }
            List<String> asked = request.tasks().stream()
                    .filter(arn -> !unanswered.contains(arn))
                    .toList();
            return DescribeTasksResponse.builder()
                    .tasks(asked.stream()
                            .map(onEcs::get)
                            .filter(Objects::nonNull)
                            .map(Ecs::task)
                            .toList())
                    .failures(asked.stream()
                            .filter(arn -> !onEcs.containsKey(arn))
                            .map(arn ->
                                    Failure.builder().arn(arn).reason("MISSING").build())
                            .toList())
                    .build();
        }

        private static Task task(TaskChange change) {
            return Task.builder()
                    .taskArn(change.taskArn())
                    .version(change.version())
                    .lastStatus(change.lastStatus())
                    .taskDefinitionArn(change.taskDefinitionArn())
                    .launchType(change.launchType())
                    .containerInstanceArn(change.containerInstanceArn())
                    .stopCode(change.stopCode())
                    .stoppedReason(change.stoppedReason())
                    .containers(change.containers().stream()
                            .map(c -> Container.builder()
                                    .name(c.name())
                                    .exitCode(c.exitCode())
                                    .reason(c.reason())
                                    .build())
                            .toList())
                    .startedAt(change.startedAt())
                    .stoppedAt(change.stoppedAt())
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
