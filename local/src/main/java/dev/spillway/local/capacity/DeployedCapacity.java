package dev.spillway.local.capacity;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.spillway.local.managedscaling.ManagedDraining;
import dev.spillway.local.managedscaling.ManagedProvider;
import dev.spillway.local.managedscaling.ManagedScaling;
import dev.spillway.local.sns.SimulatedSns;
import dev.spillway.local.template.AutoScalingGroupResource;
import dev.spillway.local.template.CapacityProviderResource;
import dev.spillway.local.template.LifecycleHookResource;
import dev.spillway.local.template.Template;
import dev.spillway.local.template.TemplateException;
import dev.spillway.local.time.Timeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The groups, capacity providers, hooks, policies, topics, alarms and the dashboard of a template, deployed into a
 * simulated account.
 */
public final class DeployedCapacity {

    private static final CloudWatchSettings SETTINGS = CloudWatchSettings.defaults();

    private final Map<String, String> policies = new HashMap<>();
    private final Pace pace;
    private final SimulatedSns sns;
    private final SimulatedCloudWatch cloudWatch;
    private final SimulatedEc2 ec2;
    private final SimulatedAutoScaling autoScaling;
    private final SimulatedEcs ecs;
    private final ManagedScaling managedScaling;
    private final ManagedDraining managedDraining;
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
        autoScaling =
                new SimulatedAutoScaling(pace.autoScaling(seed), timeline, ec2, event -> see(event, sink), metrics());
        managedScaling = new ManagedScaling(cluster, ecs.managedCapacity(), autoScaling, cloudWatch, timeline);
        managedDraining =
                new ManagedDraining(cluster, ecs.managedCapacity(), autoScaling::client, timeline, pace.drainLook());
        // Before the groups, so that the first instance that joins finds the provider that it belongs to.
        List<CapacityProviderResource> providers = template.capacityProviders();
        providers.forEach(provider -> ecs.managedCapacity().create(provider.name(), provider.groupName()));
        Map<String, List<LifecycleHook>> hooks = hooks(template.lifecycleHooks(), providers);
        List<AutoScalingGroupResource> groups = template.autoScalingGroups();
        groups.forEach(group -> create(group, hooks.getOrDefault(group.name(), List.of()), cluster));
        providers.forEach(provider -> managedScaling.start(managed(provider, groups)));
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

    private void create(AutoScalingGroupResource group, List<LifecycleHook> hooks, String cluster) {
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
        if (group.protectsNewInstances()) {
            builder.protectNewInstances();
        }
        hooks.forEach(builder::terminatingHook);
        builder.create();
    }

    /** Of each group, those of the template and the one that ECS adds where it drains. */
    private static Map<String, List<LifecycleHook>> hooks(
            List<LifecycleHookResource> ofTemplate, List<CapacityProviderResource> providers) {
        Map<String, List<LifecycleHook>> hooks = new HashMap<>();
        ofTemplate.forEach(hook -> hooks.computeIfAbsent(hook.groupName(), group -> new ArrayList<>())
                .add(hook(hook)));
        providers.stream()
                .filter(CapacityProviderResource::drains)
                .forEach(provider -> hooks.computeIfAbsent(provider.groupName(), group -> new ArrayList<>())
                        .add(ManagedDraining.hook()));
        return hooks;
    }

    private static ManagedProvider managed(CapacityProviderResource provider, List<AutoScalingGroupResource> groups) {
        AutoScalingGroupResource group = groups.stream()
                .filter(candidate -> candidate.name().equals(provider.groupName()))
                .findFirst()
                .orElseThrow(() -> new TemplateException("%s names %s, which is no group of this template."
                        .formatted(provider.logicalId(), provider.groupName())));
        if (provider.protects() && !group.protectsNewInstances()) {
            // As ECS would, but only when it is deployed.
            throw new TemplateException("%s protects instances with tasks, and for that %s must protect new instances."
                    .formatted(provider.logicalId(), group.logicalId()));
        }
        return new ManagedProvider(
                provider.name(),
                group.name(),
                group.instanceTypes().getFirst(),
                provider.targetCapacity(),
                provider.warmUp(),
                provider.minimumStep(),
                provider.maximumStep(),
                provider.protects());
    }

    /** ECS hears of an instance that is to go by itself, and not by the product's event bus. */
    private void see(ObjectNode event, EventSink sink) {
        managedDraining.see(event);
        sink.put(event);
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
        return sns.hasTopic(arn)
                ? Optional.of(new SnsAlarmAction(sns, arn, SETTINGS))
                : policyAction(arn).or(() -> managedScaling.action(arn));
    }

    private Optional<AlarmAction> policyAction(String arn) {
        return Optional.ofNullable(policies.get(arn))
                .map(policy -> notice ->
                        autoScaling.executePolicy(policy, notice.alarmName(), notice.values(), notice.threshold()));
    }
}
