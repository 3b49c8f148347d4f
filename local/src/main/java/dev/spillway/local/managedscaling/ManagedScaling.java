package dev.spillway.local.managedscaling;

import dev.spillway.local.autoscaling.SimulatedAutoScaling;
import dev.spillway.local.cloudwatch.AlarmAction;
import dev.spillway.local.cloudwatch.AlarmNotice;
import dev.spillway.local.cloudwatch.SimulatedCloudWatch;
import dev.spillway.local.ecs.ManagedCapacity;
import dev.spillway.local.ecs.ProviderLoad;
import dev.spillway.local.time.Timeline;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/**
 * What ECS does for a capacity provider with managed scaling (ECS developer guide, "Automatically manage Amazon ECS capacity
 * with cluster auto scaling"): each minute it publishes {@link Reservation}, and gives the group a target tracking policy
 * with two alarms, one that looks at one minute above the target and one that looks at 15 minutes below
 * (aws/containers-roadmap#900). With managed termination protection, only instances without tasks can be chosen when the
 * group shrinks.
 */
public final class ManagedScaling {

    private static final String NAMESPACE = "AWS/ECS/ManagedScaling";
    private static final String METRIC = "CapacityProviderReservation";
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int MINUTES_OUT = 1;
    private static final int MINUTES_IN = 15;

    private final String cluster;
    private final ManagedCapacity ecs;
    private final SimulatedAutoScaling autoScaling;
    private final SimulatedCloudWatch cloudWatch;
    private final Timeline timeline;
    private final Map<String, AlarmAction> policies = new HashMap<>();

    /**
     * Scales nothing yet.
     *
     * @param cluster the name of the cluster that the providers are associated with
     * @param cloudWatch finds the actions of alarms by {@link #action}
     */
    public ManagedScaling(
            String cluster,
            ManagedCapacity ecs,
            SimulatedAutoScaling autoScaling,
            SimulatedCloudWatch cloudWatch,
            Timeline timeline) {
        this.cluster = cluster;
        this.ecs = ecs;
        this.autoScaling = autoScaling;
        this.cloudWatch = cloudWatch;
        this.timeline = timeline;
    }

    /** What an alarm of managed scaling does; empty for every other ARN. */
    public Optional<AlarmAction> action(String arn) {
        return Optional.ofNullable(policies.get(arn));
    }

    /** Scales the group of a provider from now on. ECS knows the provider, and Auto Scaling the group. */
    public void start(ManagedProvider provider) {
        String arn = autoScaling.putTargetTracking(
                provider.groupName(),
                "ECSManagedAutoScalingPolicy-" + provider.name(),
                provider.targetCapacity(),
                provider.warmUp());
        policies.put(arn, notice -> follow(provider, arn, notice));
        cloudWatch.putMetricAlarm(alarm(provider, "High", ComparisonOperator.GREATER_THAN_THRESHOLD, MINUTES_OUT, arn));
        cloudWatch.putMetricAlarm(alarm(provider, "Low", ComparisonOperator.LESS_THAN_THRESHOLD, MINUTES_IN, arn));
        scheduleMinute(provider);
    }

    private void scheduleMinute(ManagedProvider provider) {
        timeline.schedule(PERIOD, () -> {
            publish(provider);
            scheduleMinute(provider);
        });
    }

    private void publish(ManagedProvider provider) {
        ProviderLoad load = load(provider);
        protect(provider, load.busy(), true);
        double percent = Reservation.percent(
                load.busy().size(), load.idle().size(), load.missing(), provider.minimumStep(), provider.maximumStep());
        cloudWatch.put(NAMESPACE, METRIC, dimensions(provider), percent, null, timeline.now());
    }

    /** Just before the group shrinks, those that may go lose their protection; a task that comes gives it back. */
    private void follow(ManagedProvider provider, String policy, AlarmNotice notice) {
        ProviderLoad load = load(provider);
        protect(provider, load.busy(), true);
        protect(provider, load.idle(), false);
        notice.value().ifPresent(value -> autoScaling.trackTarget(policy, notice.alarmName(), value));
    }

    private void protect(ManagedProvider provider, List<String> instances, boolean isProtected) {
        if (provider.protects()) {
            autoScaling.protectFromScaleIn(provider.groupName(), instances, isProtected);
        }
    }

    private ProviderLoad load(ManagedProvider provider) {
        return ecs.load(cluster, provider.name(), provider.instanceType());
    }

    private Map<String, String> dimensions(ManagedProvider provider) {
        return Map.of("ClusterName", cluster, "CapacityProviderName", provider.name());
    }

    private PutMetricAlarmRequest alarm(
            ManagedProvider provider, String side, ComparisonOperator breach, int minutes, String policy) {
        return PutMetricAlarmRequest.builder()
                .alarmName("TargetTracking-%s-Alarm%s-%s".formatted(provider.groupName(), side, provider.name()))
                .alarmDescription("DO NOT EDIT OR DELETE. For TargetTrackingScaling policy " + policy + ".")
                .namespace(NAMESPACE)
                .metricName(METRIC)
                .dimensions(dimensions(provider).entrySet().stream()
                        .map(entry -> Dimension.builder()
                                .name(entry.getKey())
                                .value(entry.getValue())
                                .build())
                        .toList())
                .statistic(Statistic.AVERAGE)
                .period(Math.toIntExact(PERIOD.toSeconds()))
                .evaluationPeriods(minutes)
                .threshold((double) provider.targetCapacity())
                .comparisonOperator(breach)
                .alarmActions(policy)
                .build();
    }
}
