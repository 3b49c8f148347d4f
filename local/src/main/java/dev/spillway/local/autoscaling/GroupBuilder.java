package dev.spillway.local.autoscaling;

import dev.spillway.local.ec2.BootTimes;
import dev.spillway.local.ec2.CapacityKind;
import dev.spillway.local.ecs.InstanceTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.PutScalingPolicyRequest;

/** The parts of an Auto Scaling group. Without more it is empty, on-demand, of 0–1 instances in two zones. */
public final class GroupBuilder {

    /** The default of CreateAutoScalingGroup. */
    private static final Duration COOLDOWN = Duration.ofSeconds(300);

    private final SimulatedAutoScaling autoScaling;
    private final String name;
    private final List<LifecycleHook> hooks = new ArrayList<>();
    private final List<Consumer<PutScalingPolicyRequest.Builder>> policies = new ArrayList<>();
    private int min;
    private int max = 1;
    private OptionalInt desired = OptionalInt.empty();
    private CapacityKind kind = CapacityKind.ON_DEMAND;
    private List<String> instanceTypes = List.of("m5.large");
    private List<String> availabilityZones;
    private Duration cooldown = COOLDOWN;
    private @Nullable Duration warmup;
    private BootTimes boot = BootTimes.SEEN;
    private boolean protectNewInstances;
    private boolean capacityRebalance;
    private boolean metrics;

    GroupBuilder(SimulatedAutoScaling autoScaling, String name, String region) {
        this.autoScaling = autoScaling;
        this.name = name;
        this.availabilityZones = List.of(region + "a", region + "b");
    }

    public GroupBuilder min(int instances) {
        min = instances;
        return this;
    }

    public GroupBuilder max(int instances) {
        max = instances;
        return this;
    }

    /** What the group should have from the beginning; without it, the minimum. */
    public GroupBuilder desired(int instances) {
        desired = OptionalInt.of(instances);
        return this;
    }

    public GroupBuilder spot() {
        kind = CapacityKind.SPOT;
        return this;
    }

    public GroupBuilder onDemand() {
        kind = CapacityKind.ON_DEMAND;
        return this;
    }

    /** What is launched; several types take turns, since allocation strategies are not simulated. */
    public GroupBuilder instanceTypes(String... types) {
        instanceTypes =
                Stream.of(types).map(type -> InstanceTypes.named(type).name()).toList();
        return this;
    }

    public GroupBuilder availabilityZones(String... zones) {
        availabilityZones = List.of(zones);
        return this;
    }

    /** The default cooldown; without it, 300 s. */
    public GroupBuilder cooldown(Duration value) {
        cooldown = value;
        return this;
    }

    /** The default instance warm-up, for policies that name none; without it, the cooldown. */
    public GroupBuilder warmup(Duration value) {
        warmup = value;
        return this;
    }

    public GroupBuilder boot(BootTimes times) {
        boot = times;
        return this;
    }

    /** New instances are protected from scale-in. */
    public GroupBuilder protectNewInstances() {
        protectNewInstances = true;
        return this;
    }

    /** Of capacity rebalancing, what follows an interruption notice is simulated: hook and replacement come at once. */
    public GroupBuilder capacityRebalance() {
        capacityRebalance = true;
        return this;
    }

    /** Metrics collection, which is off by default. */
    public GroupBuilder metrics() {
        metrics = true;
        return this;
    }

    /** A hook for terminating instances that lets them go when its time is over. */
    public GroupBuilder terminatingHook(String hookName, Duration heartbeatTimeout) {
        return terminatingHook(new LifecycleHook(hookName, heartbeatTimeout, LifecycleHook.Result.CONTINUE, ""));
    }

    public GroupBuilder terminatingHook(LifecycleHook hook) {
        hooks.add(hook);
        return this;
    }

    /** A policy, as {@link SimulatedAutoScaling#putScalingPolicy} takes it; the group's name is filled in. */
    public GroupBuilder policy(Consumer<PutScalingPolicyRequest.Builder> policy) {
        policies.add(policy);
        return this;
    }

    /**
     * Makes the group.
     *
     * @return its ARN
     */
    public String create() {
        GroupSettings settings = new GroupSettings(
                name,
                min,
                max,
                kind,
                instanceTypes,
                availabilityZones,
                cooldown,
                warmup,
                boot,
                protectNewInstances,
                capacityRebalance,
                metrics,
                hooks);
        String arn = autoScaling.create(settings, desired.orElse(min));
        policies.forEach(policy -> {
            PutScalingPolicyRequest.Builder request =
                    PutScalingPolicyRequest.builder().policyType("StepScaling");
            policy.accept(request);
            autoScaling.putScalingPolicy(request.autoScalingGroupName(name).build());
        });
        return arn;
    }
}
