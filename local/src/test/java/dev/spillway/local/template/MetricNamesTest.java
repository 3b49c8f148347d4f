package dev.spillway.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.local.simulation.SimulatedSystem;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/**
 * What the alarms watch and the dashboard shows is there: a metric of Spillway's was published by a function under that
 * name, with those dimensions, in one of three simulated histories; one of AWS's is on a short list, and of something that
 * the template deploys.
 */
class MetricNamesTest {

    /** Names and dimension as their services publish them (user guides of SQS, Lambda and Auto Scaling, "metrics"). */
    private static final Map<String, Set<String>> OF_AWS = Map.of(
            "AWS/SQS QueueName", Set.of("ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage"),
            "AWS/Lambda FunctionName", Set.of("Errors", "Throttles", "Invocations", "ConcurrentExecutions"),
            "AWS/AutoScaling AutoScalingGroupName",
                    Set.of("GroupDesiredCapacity", "GroupInServiceInstances", "GroupTerminatingInstances"));

    private static final Set<Metric> PUBLISHED = new HashSet<>();
    private static final Template TEMPLATE = Templates.with(
            Map.of(), new LocalResourceValues("us-east-1", Templates.ACCOUNT, URI.create("http://127.0.0.1:9324")));

    /** A metric; printed, it can be looked for. */
    private record Metric(String namespace, String name, Map<String, String> dimensions) {
        boolean isOurs() {
            return namespace.equals("Spillway");
        }
    }

    @BeforeAll
    static void publish() {
        Stream.of(Histories.tasksOfEveryKind(), Histories.instancesThatGo(), Histories.missingSpotCapacity())
                .forEach(system -> PUBLISHED.addAll(publishedBy(system)));
    }

    private static Set<Metric> publishedBy(SimulatedSystem system) {
        return system.cloudWatch().client().listMetrics().metrics().stream()
                .map(metric -> new Metric(
                        metric.namespace(),
                        metric.metricName(),
                        metric.dimensions().stream().collect(Collectors.toMap(Dimension::name, Dimension::value))))
                .collect(Collectors.toSet());
    }

    @Test
    void every_metric_of_the_alarms_is_published() {
        Set<Metric> watched =
                TEMPLATE.alarms().stream().flatMap(MetricNamesTest::metrics).collect(Collectors.toSet());

        // Four of the two that steer, two that tell.
        assertThat(watched).filteredOn(Metric::isOurs).hasSize(9).isSubsetOf(PUBLISHED);
        assertThat(watched).filteredOn(metric -> !metric.isOurs()).isNotEmpty().allSatisfy(MetricNamesTest::isOfAws);
    }

    @Test
    void every_metric_of_the_dashboard_is_published() {
        Set<Metric> shown = shown();

        assertThat(shown).filteredOn(Metric::isOurs).hasSizeGreaterThan(30).isSubsetOf(PUBLISHED);
        assertThat(shown).filteredOn(metric -> !metric.isOurs()).isNotEmpty().allSatisfy(MetricNamesTest::isOfAws);
    }

    /** So that a widget that is empty on the local page is so for want of work, and not of a simulation. */
    @Test
    void the_simulation_publishes_what_the_dashboard_shows_of_aws() {
        assertThat(shown())
                .filteredOn(metric -> !metric.isOurs())
                // The function on the stream is left out of simulated time.
                .filteredOn(metric -> !metric.dimensions().containsValue("spillway-AnnounceFunction"))
                .isSubsetOf(PUBLISHED);
    }

    @Test
    void a_metric_is_found_that_nobody_publishes() {
        assertThat(PUBLISHED)
                .contains(new Metric("Spillway", "TasksAccepted", Map.of("Service", "spillway-driver")))
                .doesNotContain(
                        new Metric("Spillway", "TaskAccepted", Map.of("Service", "spillway-driver")),
                        new Metric("Spillway", "TasksAccepted", Map.of()),
                        new Metric("Spillway", "TasksAccepted", Map.of("Service", "spillway-task-state")));
    }

    @Test
    void every_alarm_says_what_it_means_in_a_sentence() {
        assertThat(TEMPLATE.alarms())
                .extracting(PutMetricAlarmRequest::alarmDescription)
                .allMatch(sentence -> sentence != null && sentence.length() > 20 && sentence.endsWith("."))
                .doesNotHaveDuplicates();
    }

    /** What a person sees who has not looked at the dashboard: an alarm without an action is none. */
    @Test
    void every_alarm_has_an_action_and_takes_silence_for_good() {
        assertThat(TEMPLATE.alarms()).allSatisfy(alarm -> {
            assertThat(alarm.alarmActions()).hasSize(1);
            assertThat(alarm.treatMissingData()).isEqualTo("notBreaching");
        });
    }

    private static Stream<Metric> metrics(PutMetricAlarmRequest alarm) {
        if (alarm.metrics().isEmpty()) {
            return Stream.of(new Metric(alarm.namespace(), alarm.metricName(), named(alarm.dimensions().stream())));
        }
        return alarm.metrics().stream()
                .filter(query -> query.metricStat() != null)
                .map(query -> query.metricStat().metric())
                .map(metric ->
                        new Metric(metric.namespace(), metric.metricName(), named(metric.dimensions().stream())));
    }

    private static Map<String, String> named(Stream<Dimension> dimensions) {
        return dimensions.collect(Collectors.toMap(Dimension::name, Dimension::value));
    }

    private static Set<Metric> shown() {
        return TEMPLATE.dashboards().stream()
                .flatMap(dashboard -> dashboard.widgets().stream())
                .flatMap(widget -> widget.rows().stream())
                .filter(DashboardWidget.Metric.class::isInstance)
                .map(DashboardWidget.Metric.class::cast)
                .map(row -> new Metric(row.namespace(), row.name(), row.dimensions()))
                .collect(Collectors.toSet());
    }

    private static void isOfAws(Metric metric) {
        assertThat(metric.dimensions()).hasSize(1);
        Map.Entry<String, String> dimension =
                metric.dimensions().entrySet().iterator().next();
        assertThat(OF_AWS.getOrDefault(metric.namespace() + " " + dimension.getKey(), Set.of()))
                .as("%s", metric)
                .contains(metric.name());
        assertThat(dimension.getValue()).isIn(deployed().toList());
    }

    private static Stream<String> deployed() {
        return Stream.of(
                        TEMPLATE.functions().stream().map(FunctionResource::name),
                        TEMPLATE.queues().stream().map(QueueResource::name),
                        TEMPLATE.autoScalingGroups().stream().map(AutoScalingGroupResource::name))
                .flatMap(names -> names);
    }
}
