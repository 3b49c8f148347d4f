package dev.spillway.local.autoscaling;

import dev.spillway.local.autoscaling.LifecycleHook.Result;
import dev.spillway.local.ecs.KnownFields;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionRequest;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeLifecycleHooksRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLifecycleHooksResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.autoscaling.model.RecordLifecycleActionHeartbeatRequest;
import software.amazon.awssdk.services.autoscaling.model.RecordLifecycleActionHeartbeatResponse;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityRequest;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityResponse;

/**
 * The simulated account as an {@link AutoScalingClient}. Every operation that is not here throws
 * UnsupportedOperationException, as the SDK's interface does by itself; so does every parameter that is not simulated.
 */
final class SimulatedAutoScalingClient implements AutoScalingClient {

    private final Descriptions descriptions;
    private final DesiredCapacity desiredCapacity;
    private final LifecycleActions actions;

    SimulatedAutoScalingClient(Descriptions descriptions, DesiredCapacity desiredCapacity, LifecycleActions actions) {
        this.descriptions = descriptions;
        this.desiredCapacity = desiredCapacity;
        this.actions = actions;
    }

    @Override
    public DescribeAutoScalingGroupsResponse describeAutoScalingGroups(DescribeAutoScalingGroupsRequest request) {
        return descriptions.groups(request);
    }

    @Override
    public DescribeLifecycleHooksResponse describeLifecycleHooks(DescribeLifecycleHooksRequest request) {
        return descriptions.hooks(request);
    }

    @Override
    public DescribeScalingActivitiesResponse describeScalingActivities(DescribeScalingActivitiesRequest request) {
        return descriptions.activities(request);
    }

    @Override
    public SetDesiredCapacityResponse setDesiredCapacity(SetDesiredCapacityRequest request) {
        KnownFields.require(
                request, "SetDesiredCapacity", Set.of("AutoScalingGroupName", "DesiredCapacity", "HonorCooldown"));
        desiredCapacity.set(
                required(request.autoScalingGroupName(), "AutoScalingGroupName"),
                required(request.desiredCapacity(), "DesiredCapacity"),
                Boolean.TRUE.equals(request.honorCooldown()));
        return SetDesiredCapacityResponse.builder().build();
    }

    @Override
    public CompleteLifecycleActionResponse completeLifecycleAction(CompleteLifecycleActionRequest request) {
        KnownFields.require(
                request,
                "CompleteLifecycleAction",
                Set.of(
                        "LifecycleHookName",
                        "AutoScalingGroupName",
                        "LifecycleActionToken",
                        "LifecycleActionResult",
                        "InstanceId"));
        tokenOrInstance(request.lifecycleActionToken(), request.instanceId());
        actions.complete(
                required(request.autoScalingGroupName(), "AutoScalingGroupName"),
                required(request.lifecycleHookName(), "LifecycleHookName"),
                request.lifecycleActionToken(),
                request.instanceId(),
                result(required(request.lifecycleActionResult(), "LifecycleActionResult")));
        return CompleteLifecycleActionResponse.builder().build();
    }

    @Override
    public RecordLifecycleActionHeartbeatResponse recordLifecycleActionHeartbeat(
            RecordLifecycleActionHeartbeatRequest request) {
        KnownFields.require(
                request,
                "RecordLifecycleActionHeartbeat",
                Set.of("LifecycleHookName", "AutoScalingGroupName", "LifecycleActionToken", "InstanceId"));
        tokenOrInstance(request.lifecycleActionToken(), request.instanceId());
        actions.heartbeat(
                required(request.autoScalingGroupName(), "AutoScalingGroupName"),
                required(request.lifecycleHookName(), "LifecycleHookName"),
                request.lifecycleActionToken(),
                request.instanceId());
        return RecordLifecycleActionHeartbeatResponse.builder().build();
    }

    private static Result result(String name) {
        return Stream.of(Result.values())
                .filter(result -> result.name().equals(name))
                .findFirst()
                .orElseThrow(() -> AutoScalingErrors.validation(
                        "The LifecycleActionResult must be CONTINUE or ABANDON, not " + name));
    }

    private static void tokenOrInstance(@Nullable String token, @Nullable String instanceId) {
        if (token == null && instanceId == null) {
            throw AutoScalingErrors.validation("Either LifecycleActionToken or InstanceId is required.");
        }
    }

    private static <T> T required(@Nullable T value, String field) {
        if (value == null) {
            throw AutoScalingErrors.validation("The parameter " + field + " is required.");
        }
        return value;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
