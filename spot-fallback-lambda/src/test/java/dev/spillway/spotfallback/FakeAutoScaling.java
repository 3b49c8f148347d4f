package dev.spillway.spotfallback;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityRequest;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityResponse;
import software.amazon.awssdk.services.autoscaling.paginators.DescribeAutoScalingGroupsIterable;

/** Groups, their activities, and what is set of them. */
final class FakeAutoScaling implements AutoScalingClient {

    final Map<String, AutoScalingGroup> groups = new TreeMap<>();
    final List<Activity> activities = new ArrayList<>();
    final List<String> calls = new ArrayList<>();

    @Nullable
    RuntimeException refusal;

    @Nullable
    RuntimeException activitiesFailure;

    @Override
    public DescribeAutoScalingGroupsResponse describeAutoScalingGroups(DescribeAutoScalingGroupsRequest request) {
        return DescribeAutoScalingGroupsResponse.builder()
                .autoScalingGroups(request.autoScalingGroupNames().stream()
                        .map(groups::get)
                        .filter(Objects::nonNull)
                        .toList())
                .build();
    }

    @Override
    public DescribeAutoScalingGroupsIterable describeAutoScalingGroupsPaginator(
            DescribeAutoScalingGroupsRequest request) {
        return new DescribeAutoScalingGroupsIterable(this, request);
    }

    @Override
    public DescribeScalingActivitiesResponse describeScalingActivities(DescribeScalingActivitiesRequest request) {
        calls.add("activities of " + request.autoScalingGroupName());
        if (activitiesFailure != null) {
            throw activitiesFailure;
        }
        return DescribeScalingActivitiesResponse.builder()
                .activities(activities)
                .build();
    }

    @Override
    public SetDesiredCapacityResponse setDesiredCapacity(SetDesiredCapacityRequest request) {
        calls.add(request.autoScalingGroupName() + " = " + request.desiredCapacity()
                + (request.honorCooldown() ? " after the cooldown" : " now"));
        if (refusal != null) {
            throw refusal;
        }
        groups.computeIfPresent(
                request.autoScalingGroupName(),
                (name, group) -> group.toBuilder()
                        .desiredCapacity(request.desiredCapacity())
                        .build());
        return SetDesiredCapacityResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
