package dev.spillway.local.autoscaling;

import dev.spillway.local.ec2.MetricSink;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The metrics of a group that has them enabled, once a minute (Auto Scaling user guide, "Auto Scaling group metrics"). */
final class GroupMetrics {

    static final List<String> NAMES = List.of(
            "GroupMinSize",
            "GroupMaxSize",
            "GroupDesiredCapacity",
            "GroupInServiceInstances",
            "GroupPendingInstances",
            "GroupTerminatingInstances",
            "GroupTotalInstances");

    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final AutoScalingWorld world;
    private final MetricSink sink;

    GroupMetrics(AutoScalingWorld world, MetricSink sink) {
        this.world = world;
        this.sink = sink;
    }

    void start(GroupState group) {
        world.timeline.schedule(PERIOD, () -> {
            publish(group);
            start(group);
        });
    }

    private void publish(GroupState group) {
        Instant now = world.now();
        Map<String, String> dimensions = Map.of("AutoScalingGroupName", group.name());
        world.lock
                .holding(() -> measure(group))
                .forEach((name, value) -> sink.put("AWS/AutoScaling", name, dimensions, value, now));
    }

    private static Map<String, Integer> measure(GroupState group) {
        List<Integer> values = List.of(
                group.settings().min(),
                group.settings().max(),
                group.desired,
                group.count(instance -> instance.is(InstanceState.IN_SERVICE)),
                group.count(instance -> instance.is(InstanceState.PENDING)),
                group.terminating(),
                group.instances().size());
        Map<String, Integer> byName = new LinkedHashMap<>();
        for (int i = 0; i < NAMES.size(); i++) {
            byName.put(NAMES.get(i), values.get(i));
        }
        return byName;
    }
}
