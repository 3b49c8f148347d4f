package dev.spillway.local.autoscaling;

import dev.spillway.local.ec2.CapacityKind;
import dev.spillway.local.time.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.EnabledMetric;

/** One Auto Scaling group. Guarded by the lock of its {@link AutoScalingWorld}. */
final class GroupState {

    /** How long activities can be described (DescribeScalingActivities). */
    private static final Duration ACTIVITIES_STAY = Duration.ofDays(42);

    private final GroupSettings settings;
    private final long sequence;
    private final String arn;
    private final Instant createdAt;
    private final Map<String, String> subnets;
    private final Map<String, GroupInstance> instances = new LinkedHashMap<>();
    private final Deque<ScalingActivity> newestFirst = new ArrayDeque<>();
    private final List<String> changes = new ArrayList<>();

    int desired;

    /** Launches so far, by which instance types take turns. */
    int launches;

    /** The last launch failed for want of capacity, so that what is missing is not being launched right now. */
    boolean starved;

    /** The next look at whether desired and actual capacity agree, if one is to come, and when. */
    Scheduled look = () -> {};

    @Nullable
    Instant lookAt;

    /** The activity that began the last cooldown. */
    @Nullable
    ScalingActivity lastDone;

    GroupState(
            GroupSettings settings,
            long sequence,
            String arn,
            Instant createdAt,
            Map<String, String> subnets,
            int desired) {
        this.settings = settings;
        this.sequence = sequence;
        this.arn = arn;
        this.createdAt = createdAt;
        this.subnets = Map.copyOf(subnets);
        this.desired = desired;
    }

    GroupSettings settings() {
        return settings;
    }

    String name() {
        return settings.name();
    }

    String arn() {
        return arn;
    }

    long sequence() {
        return sequence;
    }

    String subnet(String availabilityZone) {
        return subnets.getOrDefault(availabilityZone, "");
    }

    void add(GroupInstance instance) {
        instances.put(instance.id, instance);
    }

    void remove(GroupInstance instance) {
        instances.remove(instance.id);
    }

    Optional<GroupInstance> instance(@Nullable String id) {
        return Optional.ofNullable(instances.get(id));
    }

    Collection<GroupInstance> instances() {
        return instances.values();
    }

    int count(Predicate<GroupInstance> which) {
        return (int) instances.values().stream().filter(which).count();
    }

    /** What is compared with the desired capacity. */
    int actual() {
        return count(instance -> instance.state().counts());
    }

    int terminating() {
        return instances.size() - actual();
    }

    void add(ScalingActivity activity) {
        newestFirst.addFirst(activity);
        while (newestFirst.getLast().startTime.plus(ACTIVITIES_STAY).isBefore(activity.startTime)) {
            newestFirst.removeLast();
        }
    }

    Collection<ScalingActivity> activities() {
        return newestFirst;
    }

    /** Why the desired capacity was changed; the activities that follow tell it. */
    void changed(String why) {
        changes.add(why);
    }

    /** The reasons so far, each told once. */
    List<String> takeChanges() {
        List<String> told = List.copyOf(changes);
        changes.clear();
        return told;
    }

    AutoScalingGroup describe() {
        return AutoScalingGroup.builder()
                .autoScalingGroupName(name())
                .autoScalingGroupARN(arn)
                .minSize(settings.min())
                .maxSize(settings.max())
                .desiredCapacity(desired)
                .defaultCooldown(Math.toIntExact(settings.cooldown().toSeconds()))
                .defaultInstanceWarmup(
                        settings.warmup() == null
                                ? null
                                : Math.toIntExact(settings.warmup().toSeconds()))
                .availabilityZones(settings.availabilityZones())
                .vpcZoneIdentifier(String.join(
                        ",",
                        settings.availabilityZones().stream().map(this::subnet).toList()))
                .healthCheckType("EC2")
                .healthCheckGracePeriod(0)
                .terminationPolicies("Default")
                .newInstancesProtectedFromScaleIn(settings.protectNewInstances())
                .capacityRebalance(settings.kind() == CapacityKind.SPOT ? settings.capacityRebalance() : null)
                .createdTime(createdAt)
                .enabledMetrics(settings.metrics() ? enabledMetrics() : List.of())
                .instances(
                        instances.values().stream().map(GroupInstance::describe).toList())
                .build();
    }

    private static List<EnabledMetric> enabledMetrics() {
        return GroupMetrics.NAMES.stream()
                .map(name -> EnabledMetric.builder()
                        .metric(name)
                        .granularity("1Minute")
                        .build())
                .toList();
    }
}
