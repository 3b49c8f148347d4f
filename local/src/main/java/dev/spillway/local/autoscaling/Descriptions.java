package dev.spillway.local.autoscaling;

import dev.spillway.local.ecs.KnownFields;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeLifecycleHooksRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLifecycleHooksResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesResponse;

/** The operations that only look. */
final class Descriptions {

    private static final int GROUPS_ON_A_PAGE = 50;
    private static final int ACTIVITIES_ON_A_PAGE = 100;

    /** More than there will ever be activities, so that what is in progress comes before what is not. */
    private static final long DONE = 1L << 40;

    private final AutoScalingWorld world;

    Descriptions(AutoScalingWorld world) {
        this.world = world;
    }

    /** A name that no group has is no error. */
    DescribeAutoScalingGroupsResponse groups(DescribeAutoScalingGroupsRequest request) {
        KnownFields.require(
                request, "DescribeAutoScalingGroups", Set.of("AutoScalingGroupNames", "NextToken", "MaxRecords"));
        return world.lock.holding(() -> {
            List<String> names = request.autoScalingGroupNames();
            List<GroupState> groups = world.groups.values().stream()
                    .filter(group -> names.isEmpty() || names.contains(group.name()))
                    .toList();
            Pages.Page<GroupState> page = Pages.page(
                    groups, GroupState::sequence, request.nextToken(), request.maxRecords(), GROUPS_ON_A_PAGE);
            List<AutoScalingGroup> described =
                    page.items().stream().map(GroupState::describe).toList();
            return DescribeAutoScalingGroupsResponse.builder()
                    .autoScalingGroups(described)
                    .nextToken(page.nextToken())
                    .build();
        });
    }

    DescribeLifecycleHooksResponse hooks(DescribeLifecycleHooksRequest request) {
        KnownFields.require(request, "DescribeLifecycleHooks", Set.of("AutoScalingGroupName", "LifecycleHookNames"));
        return world.lock.holding(() -> {
            GroupState group = world.group(request.autoScalingGroupName());
            List<String> names = request.lifecycleHookNames();
            return DescribeLifecycleHooksResponse.builder()
                    .lifecycleHooks(group.settings().hooks().stream()
                            .filter(hook -> names.isEmpty() || names.contains(hook.name()))
                            .map(hook -> describe(group, hook))
                            .toList())
                    .build();
        });
    }

    private static software.amazon.awssdk.services.autoscaling.model.LifecycleHook describe(
            GroupState group, LifecycleHook hook) {
        String metadata = hook.notificationMetadata();
        return software.amazon.awssdk.services.autoscaling.model.LifecycleHook.builder()
                .lifecycleHookName(hook.name())
                .autoScalingGroupName(group.name())
                .lifecycleTransition(LifecycleHook.TRANSITION)
                .heartbeatTimeout(Math.toIntExact(hook.heartbeatTimeout().toSeconds()))
                .globalTimeout(Math.toIntExact(hook.globalTimeout().toSeconds()))
                .defaultResult(hook.defaultResult().name())
                .notificationMetadata(metadata.isEmpty() ? null : metadata)
                .build();
    }

    /** Activities in progress come first, and then the newest. */
    DescribeScalingActivitiesResponse activities(DescribeScalingActivitiesRequest request) {
        KnownFields.require(
                request,
                "DescribeScalingActivities",
                Set.of("ActivityIds", "AutoScalingGroupName", "MaxRecords", "NextToken"));
        return world.lock.holding(() -> {
            Stream<GroupState> groups = request.autoScalingGroupName() == null
                    ? world.groups.values().stream()
                    : Stream.of(world.group(request.autoScalingGroupName()));
            List<String> ids = request.activityIds();
            List<Listed> listed = groups.flatMap(
                            group -> group.activities().stream().map(activity -> new Listed(group, activity)))
                    .filter(each -> ids.isEmpty() || ids.contains(each.activity().id))
                    .sorted(Comparator.comparingLong(Listed::key))
                    .toList();
            Pages.Page<Listed> page =
                    Pages.page(listed, Listed::key, request.nextToken(), request.maxRecords(), ACTIVITIES_ON_A_PAGE);
            List<Activity> described = page.items().stream()
                    .map(each -> each.activity().describe(each.group()))
                    .toList();
            return DescribeScalingActivitiesResponse.builder()
                    .activities(described)
                    .nextToken(page.nextToken())
                    .build();
        });
    }

    private record Listed(GroupState group, ScalingActivity activity) {
        long key() {
            return (activity.inProgress() ? 0 : DONE) - activity.sequence;
        }
    }
}
