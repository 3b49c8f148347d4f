package dev.spillway.drain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionRequest;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeLifecycleHooksRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLifecycleHooksResponse;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHook;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.RecordLifecycleActionHeartbeatRequest;
import software.amazon.awssdk.services.autoscaling.model.RecordLifecycleActionHeartbeatResponse;
import software.amazon.awssdk.services.autoscaling.paginators.DescribeAutoScalingGroupsIterable;

/** Groups with one hook each. It gives one group a page, so that whoever does not turn the page sees it. */
final class FakeAutoScaling implements AutoScalingClient {

    private final CallLog log;
    private final Map<String, Map<String, LifecycleState>> groups = new TreeMap<>();
    private final Set<String> unhealthy = new HashSet<>();
    private final Map<String, LifecycleHook> hooks = new TreeMap<>();

    FakeAutoScaling(CallLog log) {
        this.log = log;
    }

    void group(String name) {
        groups.put(name, new TreeMap<>());
        hook(name, 420);
    }

    void noGroup(String name) {
        groups.remove(name);
    }

    void hook(String group, int heartbeatSeconds) {
        hooks.put(
                group,
                LifecycleHook.builder()
                        .lifecycleHookName("spillway-drain")
                        .heartbeatTimeout(heartbeatSeconds)
                        .globalTimeout(Math.min(172_800, 100 * heartbeatSeconds))
                        .build());
    }

    void noHook(String group) {
        hooks.remove(group);
    }

    void instance(String group, String instanceId, LifecycleState state) {
        instances(group).put(instanceId, state);
    }

    /** It goes because it does not pass its health check. */
    void unhealthy(String instanceId) {
        unhealthy.add(instanceId);
    }

    /** The action ends without us: somebody completed it, or it ran out. */
    void proceeds(String group, String instanceId) {
        instances(group).put(instanceId, LifecycleState.TERMINATING_PROCEED);
    }

    @Override
    public DescribeAutoScalingGroupsResponse describeAutoScalingGroups(DescribeAutoScalingGroupsRequest request) {
        log.reads("DescribeAutoScalingGroups");
        List<String> names = new ArrayList<>(groups.keySet());
        names.retainAll(request.autoScalingGroupNames());
        if (names.isEmpty()) {
            return DescribeAutoScalingGroupsResponse.builder().build();
        }
        int page = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        String name = names.get(page);
        return DescribeAutoScalingGroupsResponse.builder()
                .autoScalingGroups(AutoScalingGroup.builder()
                        .autoScalingGroupName(name)
                        .capacityRebalance(name.equals(World.SPOT) ? true : null)
                        .instances(instances(name).entrySet().stream()
                                .map(e -> Instance.builder()
                                        .instanceId(e.getKey())
                                        .lifecycleState(e.getValue())
                                        .healthStatus(unhealthy.contains(e.getKey()) ? "Unhealthy" : "Healthy")
                                        .build())
                                .toList())
                        .build())
                .nextToken(page + 1 < names.size() ? String.valueOf(page + 1) : null)
                .build();
    }

    @Override
    public DescribeAutoScalingGroupsIterable describeAutoScalingGroupsPaginator(
            DescribeAutoScalingGroupsRequest request) {
        return new DescribeAutoScalingGroupsIterable(this, request);
    }

    @Override
    public DescribeLifecycleHooksResponse describeLifecycleHooks(DescribeLifecycleHooksRequest request) {
        log.reads("DescribeLifecycleHooks " + request.autoScalingGroupName());
        LifecycleHook hook = hooks.get(request.autoScalingGroupName());
        return DescribeLifecycleHooksResponse.builder()
                .lifecycleHooks(hook == null ? List.of() : List.of(hook))
                .build();
    }

    @Override
    public CompleteLifecycleActionResponse completeLifecycleAction(CompleteLifecycleActionRequest request) {
        log.changes("complete " + request.instanceId());
        checkWaits(request.autoScalingGroupName(), request.lifecycleHookName(), request.instanceId());
        proceeds(request.autoScalingGroupName(), request.instanceId());
        return CompleteLifecycleActionResponse.builder().build();
    }

    @Override
    public RecordLifecycleActionHeartbeatResponse recordLifecycleActionHeartbeat(
            RecordLifecycleActionHeartbeatRequest request) {
        log.changes("heartbeat " + request.instanceId());
        checkWaits(request.autoScalingGroupName(), request.lifecycleHookName(), request.instanceId());
        return RecordLifecycleActionHeartbeatResponse.builder().build();
    }

    private void checkWaits(String group, String hook, String instanceId) {
        if (instances(group).get(instanceId) != LifecycleState.TERMINATING_WAIT || !hook.equals("spillway-drain")) {
            throw AutoScalingException.builder()
                    .message("No active Lifecycle Action found with instance ID " + instanceId)
                    .statusCode(400)
                    .build();
        }
    }

    private Map<String, LifecycleState> instances(String group) {
        return Objects.requireNonNull(groups.get(group));
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
