package dev.spillway.driver;

import dev.spillway.common.aws.AwsFailure;
import dev.spillway.common.ecs.TaskDefinitionFacts;
import dev.spillway.common.ecs.TaskDefinitions;
import dev.spillway.common.message.ReleaseMessage;
import dev.spillway.common.store.InMemoryTaskStore;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskSize;
import dev.spillway.driver.chain.FallbackChain;
import dev.spillway.driver.chain.Materials;
import dev.spillway.driver.chain.RefusalMemory;
import dev.spillway.driver.launch.InstanceProviders;
import dev.spillway.driver.launch.Launch;
import dev.spillway.driver.launch.LaunchAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A driver whose AWS is scripted: what each capacity type answers, in turn. */
final class World {

    static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:tasks";

    final InMemoryTaskStore store = new InMemoryTaskStore();
    final List<Launch> launches = new ArrayList<>();
    final List<String> stopped = new ArrayList<>();
    final List<String> deadLetters = new ArrayList<>();
    final List<String> alive = new ArrayList<>();
    final Map<String, TaskDefinitions.Lookup> definitions = new HashMap<>();

    private final Map<CapacityType, Deque<LaunchAnswer>> answers = new HashMap<>();
    private final AtomicInteger claims = new AtomicInteger();
    private Runnable duringLaunch = () -> {};
    private Instant now = Instant.parse("2026-11-01T00:00:00Z");

    final LineWatch line = new LineWatch(store, Runnable::run);
    final Driver driver;
    final Resumption resumption;

    World() {
        this(InstanceProviders.NONE);
    }

    World(InstanceProviders providers) {
        RefusalMemory memory = new RefusalMemory();
        FallbackChain chain = new FallbackChain(providers.areThere(), new TaskSize(8_192, 31_000));
        Steps steps = new Steps(chain, providers.patience(), Duration.ofDays(14));
        Materials materials = new Materials(this::definition);
        FirstLaunch firstLaunch = new FirstLaunch(chain, memory);
        TaskStore tasks = store;
        Launching launching = new Launching(
                tasks, this::launch, (arn, reason) -> stopped.add(arn), arns -> null, chain, memory, steps, clock());
        resumption = new Resumption(tasks, materials, firstLaunch, steps, launching, this::claim);
        driver = new Driver(
                new AllowList(List.of("job*"), List.of("fn")),
                materials,
                firstLaunch,
                tasks,
                steps,
                launching,
                providers.areThere() ? line.outsideEc2() : line,
                resumption,
                new Rejection(tasks, (delivery, reason) -> deadLetters.add(reason), Duration.ofDays(14)),
                new Cancellation(tasks, (arn, reason) -> stopped.add(arn), taskId -> alive, steps),
                this::claim);
        defined("job", Set.of("EC2", "FARGATE"), "awsvpc");
    }

    World defined(String family, Set<String> compatibilities, String networkMode) {
        return defined(family, compatibilities, networkMode, "main");
    }

    World defined(String family, Set<String> compatibilities, String networkMode, String container) {
        definitions.put(
                family,
                new TaskDefinitions.Lookup.Found(new TaskDefinitionFacts(
                        "arn:aws:ecs:us-east-1:000000000000:task-definition/" + family + ":1",
                        networkMode,
                        compatibilities,
                        256,
                        512,
                        Set.of(),
                        List.of(new TaskDefinitionFacts.Container(container, true, 0, 0)))));
        return this;
    }

    World undefined(String family, AwsFailure why) {
        definitions.put(family, new TaskDefinitions.Lookup.NotFound(why));
        return this;
    }

    /** What the capacity type answers next; a type without an answer places. */
    World answers(CapacityType type, LaunchAnswer... next) {
        answers.computeIfAbsent(type, t -> new ArrayDeque<>()).addAll(List.of(next));
        return this;
    }

    World duringLaunch(Runnable action) {
        duringLaunch = action;
        return this;
    }

    World later(Duration duration) {
        now = now.plus(duration);
        return this;
    }

    Instant now() {
        return now;
    }

    Outcome send(String messageId, String body) {
        line.look(now);
        return driver.handle(new Delivery(messageId, QUEUE, body, now), now);
    }

    Outcome release(String taskId) {
        return resumption.resume(new ReleaseMessage(new TaskId(taskId), new ReleaseMessage.Reach.WholeChain()), now);
    }

    /** A release after a look at the instances, which has found no room on them. */
    Outcome probe(String taskId) {
        return probe(taskId, new TaskSize(0, 3_584));
    }

    /** @param roomiest what the roomiest instance has free */
    Outcome probe(String taskId, TaskSize roomiest) {
        return resumption.resume(
                new ReleaseMessage(new TaskId(taskId), new ReleaseMessage.Reach.BeyondInstances(roomiest)), now);
    }

    TaskRecord record(String taskId) {
        return store.find(new TaskId(taskId)).orElseThrow();
    }

    static LaunchAnswer noRoom(String... reasons) {
        return new LaunchAnswer.NoRoom(List.of(reasons), List.of());
    }

    private LaunchAnswer launch(Launch launch) {
        launches.add(launch);
        duringLaunch.run();
        LaunchAnswer answer =
                answers.getOrDefault(launch.capacityType(), new ArrayDeque<>()).poll();
        return answer == null
                ? new LaunchAnswer.Placed("arn:task/" + launch.taskId() + "/" + launch.number(), null)
                : answer;
    }

    private TaskDefinitions.Lookup definition(String reference, Instant at) {
        return definitions.getOrDefault(
                reference, new TaskDefinitions.Lookup.NotFound(new AwsFailure.Permanent("ClientException: unknown")));
    }

    private String claim() {
        return "claim-" + claims.incrementAndGet();
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
}
