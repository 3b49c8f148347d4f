package dev.spillway.drain;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.common.aws.AwsClients;
import dev.spillway.common.function.FunctionRuntime;
import dev.spillway.common.store.InMemoryTaskStore;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.store.TaskTables;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.lambda.powertools.metrics.Metrics;

/** The function as Lambda calls it, with an Auto Scaling and an ECS that can be told how things are and what fails. */
final class World {

    static final String SPOT = "spillway-spot";
    static final String INSTANCE = "i-0d9f1e2a3b4c5d6e7";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EVENTS = Path.of("..", "events");

    /** What was asked of AWS that changes something, in its order. */
    final CallLog log = new CallLog();

    final FakeEcs ecs = new FakeEcs(log);
    final FakeAutoScaling autoScaling = new FakeAutoScaling(log);
    final Map<String, Integer> metrics = new TreeMap<>();

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "CLUSTER", "spillway",
            "AUTO_SCALING_GROUPS", SPOT + ",spillway-on-demand",
            "LIFECYCLE_HOOK", "spillway-drain"));
    private Executor executor = Runnable::run;
    private Instant now = Instant.parse("2026-11-01T10:00:00Z");

    World() {
        autoScaling.group(SPOT);
        autoScaling.group("spillway-on-demand");
    }

    World with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    World on(Executor other) {
        executor = other;
        return this;
    }

    /** An instance that waits to be terminated, with the container instance that it is, and tasks that run there. */
    World waits(String instanceId, String... tasks) {
        autoScaling.instance(SPOT, instanceId, LifecycleState.TERMINATING_WAIT);
        return joined(instanceId, tasks);
    }

    /** A container instance that takes tasks. */
    World joined(String instanceId, String... tasks) {
        ecs.join(instanceId);
        Arrays.stream(tasks).forEach(task -> ecs.run(instanceId, task));
        return this;
    }

    World later(Duration duration) {
        now = now.plus(duration);
        return this;
    }

    Instant now() {
        return now;
    }

    World wakeUp() {
        return receives("schedule.json");
    }

    /** Calls the function with an event of the directory {@code events}. */
    World receives(String file) {
        try {
            return receives((ObjectNode) JSON.readTree(Files.readString(EVENTS.resolve(file))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    World receives(ObjectNode event) {
        DrainHookHandler handler = new DrainHookHandler(new FunctionRuntime(
                environment, new Clients(), new NoTables(), Clock.fixed(now, ZoneOffset.UTC), executor, counting()));
        try {
            handler.handleRequest(
                    new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)),
                    new ByteArrayOutputStream(),
                    context());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return this;
    }

    List<String> calls() {
        return log.all();
    }

    private Metrics counting() {
        return (Metrics) Proxy.newProxyInstance(
                World.class.getClassLoader(), new Class<?>[] {Metrics.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("addMetric")) {
                        metrics.merge((String) arguments[0], ((Number) arguments[1]).intValue(), Integer::sum);
                    }
                    return null;
                });
    }

    private static Context context() {
        return (Context) Proxy.newProxyInstance(
                World.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, arguments) -> answer(method.getReturnType()));
    }

    private static @Nullable Object answer(Class<?> type) {
        if (type == String.class) {
            return "drain";
        }
        return type == int.class ? 0 : null;
    }

    private final class Clients implements AwsClients {
        @Override
        public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
                Class<C> type, Supplier<B> builder) {
            return type.cast(type == EcsClient.class ? ecs : autoScaling);
        }
    }

    /** The function keeps nothing. */
    private static final class NoTables implements TaskTables {
        @Override
        public TaskStore store(String table) {
            return new InMemoryTaskStore();
        }

        @Override
        public TaskIndex index(String table) {
            return new InMemoryTaskStore();
        }
    }
}
