package dev.spillway.spotfallback;

import com.amazonaws.services.lambda.runtime.Context;
import dev.spillway.common.aws.AwsClients;
import dev.spillway.common.function.FunctionRuntime;
import dev.spillway.common.store.InMemoryTaskStore;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.store.TaskTables;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;
import software.amazon.lambda.powertools.metrics.Metrics;

/** The function as Lambda calls it, with an Auto Scaling and a CloudWatch that can be told how things are. */
final class World {

    static final String FLEET = "sfr-1";
    static final String SPOT = "spot";
    static final String ON_DEMAND = "on-demand";

    final FakeAutoScaling autoScaling = new FakeAutoScaling();
    final FakeCloudWatch cloudWatch = new FakeCloudWatch();
    final Map<String, Double> metrics = new TreeMap<>();
    final Instant now = Instant.parse("2026-11-01T10:00:00Z");

    private final Map<String, String> environment = new HashMap<>(Map.of("ON_DEMAND_GROUP", ON_DEMAND));

    World() {
        onDemand(0, 10);
    }

    World onDemand(int desired, int max) {
        autoScaling.groups.put(
                ON_DEMAND,
                AutoScalingGroup.builder()
                        .autoScalingGroupName(ON_DEMAND)
                        .desiredCapacity(desired)
                        .minSize(0)
                        .maxSize(max)
                        .build());
        return this;
    }

    World with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** A Spot Fleet that has been like this for twenty minutes. */
    World fleet(double target, double fulfilled) {
        environment.put("SPOT_FLEET_ID", FLEET);
        fleetMetric("TargetCapacity", 20, target);
        fleetMetric("FulfilledCapacity", 20, fulfilled);
        fleetMetric("PendingCapacity", 20, target - fulfilled);
        return this;
    }

    World fleetMetric(String name, int minutes, double value) {
        cloudWatch.has("AWS/EC2Spot " + name, "FleetRequestId=" + FLEET, now, minutes, value);
        return this;
    }

    World fleetSaysNothingOf(String name) {
        cloudWatch.forgets("AWS/EC2Spot " + name, "FleetRequestId=" + FLEET);
        return this;
    }

    /** A Spot group whose metrics have been as it is now for twenty minutes. */
    World group(int desired, @Nullable String weight, LifecycleState... instances) {
        environment.put("SPOT_GROUP", SPOT);
        List<Instance> all = new ArrayList<>();
        for (int i = 0; i < instances.length; i++) {
            all.add(Instance.builder()
                    .instanceId("i-" + i)
                    .lifecycleState(instances[i])
                    .weightedCapacity(weight)
                    .build());
        }
        autoScaling.groups.put(
                SPOT,
                AutoScalingGroup.builder()
                        .autoScalingGroupName(SPOT)
                        .desiredCapacity(desired)
                        .instances(all)
                        .build());
        double units = weight == null ? 1 : Double.parseDouble(weight);
        String unit = weight == null ? "Instances" : "Capacity";
        groupMetric("GroupDesiredCapacity", 20, desired);
        groupMetric("GroupInService" + unit, 20, units * count(LifecycleState.IN_SERVICE, instances));
        groupMetric("GroupPending" + unit, 20, units * count(LifecycleState.PENDING, instances));
        return this;
    }

    World groupMetric(String name, int minutes, double value) {
        cloudWatch.has("AWS/AutoScaling " + name, "AutoScalingGroupName=" + SPOT, now, minutes, value);
        return this;
    }

    World failedToLaunch(Duration ago, String words) {
        autoScaling.activities.add(Activity.builder()
                .statusCode(ScalingActivityStatusCode.FAILED)
                .startTime(now.minus(ago))
                .statusMessage(words)
                .build());
        return this;
    }

    World runs() {
        new SpotFallbackHandler(new FunctionRuntime(
                        environment,
                        new Clients(),
                        new NoTables(),
                        Clock.fixed(now, ZoneOffset.UTC),
                        Runnable::run,
                        counting()))
                .handleRequest(InputStream.nullInputStream(), new ByteArrayOutputStream(), context());
        return this;
    }

    /** What was set, without what was only asked. */
    List<String> set() {
        return autoScaling.calls.stream().filter(call -> call.contains(" = ")).toList();
    }

    private static long count(LifecycleState state, LifecycleState... instances) {
        return List.of(instances).stream().filter(state::equals).count();
    }

    private Metrics counting() {
        return (Metrics) Proxy.newProxyInstance(
                World.class.getClassLoader(), new Class<?>[] {Metrics.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("addMetric")) {
                        metrics.put((String) arguments[0], ((Number) arguments[1]).doubleValue());
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
            return "spot-fallback";
        }
        return type == int.class ? 0 : null;
    }

    private final class Clients implements AwsClients {
        @Override
        public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
                Class<C> type, Supplier<B> builder) {
            return type.cast(type == AutoScalingClient.class ? autoScaling : cloudWatch);
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
