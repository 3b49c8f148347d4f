package dev.spillway.local.capacity;

import dev.spillway.local.autoscaling.GroupBuilder;
import dev.spillway.local.autoscaling.LifecycleHook;
import dev.spillway.local.autoscaling.SimulatedAutoScaling;
import dev.spillway.local.cloudwatch.AlarmAction;
import dev.spillway.local.cloudwatch.CloudWatchSettings;
import dev.spillway.local.cloudwatch.SimulatedCloudWatch;
import dev.spillway.local.cloudwatch.SnsAlarmAction;
import dev.spillway.local.dashboard.Dashboard;
import dev.spillway.local.ec2.CapacityKind;
import dev.spillway.local.ec2.EcsHost;
import dev.spillway.local.ec2.MetricSink;
import dev.spillway.local.ec2.SimulatedEc2;
import dev.spillway.local.ecs.EventSink;
import dev.spillway.local.ecs.SimulatedEcs;
import dev.spillway.local.lambda.LambdaFunction;
import dev.spillway.local.sns.SimulatedSns;
import dev.spillway.local.template.AutoScalingGroupResource;
import dev.spillway.local.template.LifecycleHookResource;
import dev.spillway.local.template.Template;
import dev.spillway.local.template.TemplateException;
import dev.spillway.local.time.Timeline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The groups, hooks, policies, topics, alarms and the dashboard of a template, deployed into a simulated account. */
public final class DeployedCapacity {

    private static final CloudWatchSettings SETTINGS = CloudWatchSettings.defaults();

    private final Map<String, String> policies = new HashMap<>();
    private final Pace pace;
    private final SimulatedSns sns;
    private final SimulatedCloudWatch cloudWatch;
    private final SimulatedEc2 ec2;
    private final SimulatedAutoScaling autoScaling;
    private final SimulatedEcs ecs;
    private final String cluster;
    private final Dashboard dashboard;

    /**
     * Deploys. Groups have their minimum of instances from the beginning, or soon after.
     *
     * @param cluster the name of the cluster that the instances join
     * @param sink gets the events of all these services
     * @throws TemplateException if the instances would join another cluster, or say that they are of another kind; or if
     *     CloudWatch does not understand the dashboard
     */
    public DeployedCapacity(
            Template template,
            String cluster,
            SimulatedEcs ecs,
            Timeline timeline,
            EventSink sink,
            Pace pace,
            long seed) {
        this.pace = pace;
        this.ecs = ecs;
        this.cluster = cluster;
        sns = new SimulatedSns(timeline);
        template.topics().forEach(topic -> sns.createTopic(topic.arn()));
        cloudWatch = new SimulatedCloudWatch(SETTINGS, timeline, sink, this::action);
        dashboard = Dashboard.of(template.dashboards(), cloudWatch.client(), timeline.now());
        ec2 = new SimulatedEc2(pace.ec2(seed), timeline, new EcsHost(ecs, cluster), sink);
        autoScaling = new SimulatedAutoScaling(pace.autoScaling(seed), timeline, ec2, sink, metrics());
        List<LifecycleHookResource> hooks = template.lifecycleHooks();
        template.autoScalingGroups().forEach(group -> create(group, hooks, cluster));
        template.scalingPolicies()
                .forEach(policy -> policies.put(policy.arn(), autoScaling.putScalingPolicy(policy.request())));
        template.alarms().forEach(cloudWatch::putMetricAlarm);
    }

    public SimulatedCloudWatch cloudWatch() {
        return cloudWatch;
    }

    /** Where services of this account put their metrics. */
    public MetricSink metrics() {
        return (namespace, name, dimensions, value, at) -> cloudWatch.put(namespace, name, dimensions, value, null, at);
    }

    /** The topics of the template, which alarms send to. */
    public SimulatedSns sns() {
        return sns;
    }

    public SimulatedEc2 ec2() {
        return ec2;
    }

    public SimulatedAutoScaling autoScaling() {
        return autoScaling;
    }

    /**
     * What there is to see of it.
     *
     * @param functions that a task may name
     */
    public ClusterView view(Map<String, LambdaFunction> functions) {
        Map<String, Integer> memory = new HashMap<>();
        functions.forEach((name, function) -> memory.put(name, function.memorySize()));
        return new ClusterView(dashboard, autoScaling::instanceUse, () -> ecs.instances(cluster), memory);
    }

    private void create(AutoScalingGroupResource group, List<LifecycleHookResource> hooks, String cluster) {
        CapacityKind kind = group.isSpot() ? CapacityKind.SPOT : CapacityKind.ON_DEMAND;
        String attributes = "{\"spillway.capacity\":\"" + kind.attribute() + "\"}";
        require(group, "ECS_CLUSTER", cluster);
        require(group, "ECS_INSTANCE_ATTRIBUTES", attributes);
        GroupBuilder builder = autoScaling
                .group(group.name())
                .min(group.minSize())
                .max(group.maxSize())
                .instanceTypes(group.instanceTypes().toArray(String[]::new))
                .cooldown(group.cooldown())
                .boot(pace.boot());
        if (group.isSpot()) {
            builder.spot();
        }
        if (group.rebalances()) {
            builder.capacityRebalance();
        }
        if (group.publishesMetrics()) {
            builder.metrics();
        }
        group.warmUp().ifPresent(builder::warmup);
        hooks.stream()
                .filter(hook -> hook.groupName().equals(group.name()))
                .map(DeployedCapacity::hook)
                .forEach(builder::terminatingHook);
        builder.create();
    }

    private static LifecycleHook hook(LifecycleHookResource hook) {
        return new LifecycleHook(
                hook.name(),
                hook.heartbeatTimeout(),
                hook.continues() ? LifecycleHook.Result.CONTINUE : LifecycleHook.Result.ABANDON,
                "");
    }

    /** On AWS, instances with the wrong word here would never join, or be asked for by the wrong name. */
    private static void require(AutoScalingGroupResource group, String setting, String wanted) {
        String got = group.agent().get(setting);
        if (!wanted.equals(got)) {
            throw new TemplateException("The user data of %s sets %s to %s; it wants %s."
                    .formatted(group.logicalId(), setting, got, wanted));
        }
    }

    /** What the alarms of the template may do: run its scaling policies, and send to its topics. */
    private Optional<AlarmAction> action(String arn) {
        return sns.hasTopic(arn) ? Optional.of(new SnsAlarmAction(sns, arn, SETTINGS)) : policyAction(arn);
    }

    private Optional<AlarmAction> policyAction(String arn) {
        return Optional.ofNullable(policies.get(arn))
                .map(policy -> notice -> notice.value()
                        .ifPresent(value ->
                                autoScaling.executePolicy(policy, notice.alarmName(), value, notice.threshold())));
    }
}
