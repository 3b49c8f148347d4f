package dev.spillway.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.local.cloudwatch.CloudWatchSettings;
import dev.spillway.local.cloudwatch.SimulatedCloudWatch;
import dev.spillway.local.time.SimulatedTimeline;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/** What the alarms of the real template make of metrics that stay as they are for half an hour. */
class TemplateAlarmsTest {

    private static final Map<String, String> CLUSTER = Map.of("ClusterName", "spillway");

    private final SimulatedTimeline timeline = new SimulatedTimeline(Instant.parse("2026-11-01T00:00:00Z"), 1);
    private final SimulatedCloudWatch cloudWatch = new SimulatedCloudWatch(
            CloudWatchSettings.defaults(),
            timeline,
            event -> {},
            arn -> Optional.of(notice -> {
                // What they do is not looked at here.
            }));

    @Nested
    class Instances_not_joined {

        @ParameterizedTest
        @CsvSource({
            // in service, terminating, ACTIVE, DISCONNECTED, DRAINING: state
            "3, 0, 3, 0, 0, OK",
            "3, 0, 2, 0, 0, ALARM",
            "3, 0, 2, 1, 0, OK",
            // Drained by hand, or on a notice of EC2.
            "3, 0, 2, 0, 1, OK",
            // On its way out, drained for hours: no longer in service, and still in the cluster.
            "3, 1, 3, 0, 1, OK",
            "3, 1, 2, 0, 1, ALARM"
        })
        void are_those_of_the_groups_that_are_not_in_the_cluster(
                int inService, int terminating, int active, int disconnected, int draining, String state) {
            assertThat(after(() -> {
                        groups(inService, terminating);
                        instances(active, disconnected, draining);
                    }))
                    .containsEntry("spillway-instances-not-joined", state);
        }

        @Test
        void are_told_of_even_if_a_sample_is_left_out_now_and_then() {
            AtomicInteger minute = new AtomicInteger();
            assertThat(after(() -> {
                        groups(3, 0);
                        if (minute.incrementAndGet() % 9 != 0) {
                            instances(2, 0, 0);
                        }
                    }))
                    .containsEntry("spillway-instances-not-joined", "ALARM");
        }

        /** Whoever reads the cluster is silent: that is no news about the instances, and has an alarm of its own. */
        @Test
        void are_not_those_of_a_cluster_of_which_there_is_no_sample() {
            assertThat(after(() -> groups(3, 0))).containsEntry("spillway-instances-not-joined", "OK");
        }
    }

    @Nested
    class The_largest_container {

        @ParameterizedTest
        @CsvSource(
                nullValues = "-",
                value = {"2, 4, OK", "2, -, ALARM", "0, -, OK"})
        void fits_on_none_of_the_instances_that_are_there(int active, @Nullable Integer perInstance, String state) {
            assertThat(after(() -> {
                        instances(active, 0, 0);
                        ours("SchedulableContainers", 0);
                        if (perInstance != null) {
                            ours("ContainersPerInstance", perInstance);
                        }
                    }))
                    .containsEntry("spillway-largest-container", state);
        }
    }

    @Nested
    class Room {

        @Test
        void is_not_missing_when_nobody_has_looked_and_tasks_spill_over() {
            assertThat(after(() -> cloudWatch.put(
                            "Spillway", "TasksSpilledOver", Map.of("Service", "spillway-driver"), 5, "Count", now())))
                    .containsEntry("spillway-SchedulableContainersLowAlert", "OK")
                    .containsEntry("spillway-SchedulableContainersHighAlert", "OK");
        }

        @ParameterizedTest
        @CsvSource({"0, ALARM, OK", "1, OK, OK", "3, OK, OK", "4, OK, ALARM"})
        void that_there_is_steers_the_group(int schedulable, String low, String high) {
            assertThat(after(() -> {
                        ours("SchedulableContainers", schedulable);
                        ours("ContainersPerInstance", 2);
                        waiting(0, 0);
                    }))
                    .containsEntry("spillway-SchedulableContainersLowAlert", low)
                    .containsEntry("spillway-SchedulableContainersHighAlert", high);
        }
    }

    @Nested
    class Without_headroom {

        /** A Spot Instance is of no use to a task that wants an on-demand one, however long it waits. */
        @ParameterizedTest
        @CsvSource({"5, 0, OK", "5, 1, ALARM", "0, 0, OK"})
        void only_who_would_take_a_Spot_Instance_makes_the_group_grow(int forInstances, int forSpot, String low) {
            assertThat(after(Map.of("Headroom", "0"), () -> {
                        ours("SchedulableContainers", 0);
                        waiting(forInstances, forSpot);
                    }))
                    .containsEntry("spillway-SchedulableContainersLowAlert", low);
        }
    }

    private Map<String, String> after(Runnable published) {
        return after(Map.of(), published);
    }

    /** The states of the alarms, by name. */
    private Map<String, String> after(Map<String, String> parameters, Runnable published) {
        for (PutMetricAlarmRequest alarm : template(parameters).alarms()) {
            cloudWatch.putMetricAlarm(alarm);
        }
        for (int minute = 0; minute < 30; minute++) {
            timeline.runFor(Duration.ofSeconds(30));
            published.run();
            timeline.runFor(Duration.ofSeconds(30));
        }
        timeline.runFor(Duration.ofSeconds(20));
        return cloudWatch.client().describeAlarms(r -> {}).metricAlarms().stream()
                .collect(Collectors.toMap(alarm -> alarm.alarmName(), alarm -> alarm.stateValueAsString()));
    }

    private static Template template(Map<String, String> parameters) {
        return Templates.with(
                parameters,
                new LocalResourceValues("us-east-1", Templates.ACCOUNT, URI.create("http://127.0.0.1:9324")));
    }

    private void groups(int inService, int terminating) {
        group("spillway-spot", inService, terminating);
        group("spillway-on-demand", 0, 0);
    }

    private void group(String name, int inService, int terminating) {
        Map<String, String> group = Map.of("AutoScalingGroupName", name);
        cloudWatch.put("AWS/AutoScaling", "GroupInServiceInstances", group, inService, null, now());
        cloudWatch.put("AWS/AutoScaling", "GroupTerminatingInstances", group, terminating, null, now());
    }

    private void instances(int active, int disconnected, int draining) {
        Map.of("ACTIVE", active, "DISCONNECTED", disconnected, "DRAINING", draining)
                .forEach((state, count) -> cloudWatch.put(
                        "Spillway",
                        "ContainerInstances",
                        Map.of("ClusterName", "spillway", "State", state),
                        count,
                        "Count",
                        now()));
    }

    private void waiting(int forInstances, int forSpot) {
        ours("WaitingTasksForInstances", forInstances);
        cloudWatch.put(
                "Spillway",
                "WaitingTasksForInstances",
                Map.of("ClusterName", "spillway", "CapacityType", "EC2_SPOT"),
                forSpot,
                "Count",
                now());
    }

    private void ours(String name, int value) {
        cloudWatch.put("Spillway", name, CLUSTER, value, "Count", now());
    }

    private Instant now() {
        return timeline.now();
    }
}
