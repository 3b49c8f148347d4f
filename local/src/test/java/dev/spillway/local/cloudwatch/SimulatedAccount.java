package dev.spillway.local.cloudwatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.sns.SimulatedSns;
import dev.spillway.local.time.SimulatedTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** CloudWatch in simulated time, with one metric of one value a minute and what its alarms do. */
final class SimulatedAccount {

    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    static final String NAMESPACE = "Spillway";
    static final String METRIC = "SchedulableContainers";
    static final Map<String, String> DIMENSIONS = Map.of("ClusterName", "spillway");
    static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:alarms";
    static final String POLICY =
            "arn:aws:autoscaling:us-east-1:000000000000:scalingPolicy:6d:autoScalingGroupName/g" + ":policyName/out";

    final SimulatedTimeline timeline = new SimulatedTimeline(START, 1);
    final SimulatedSns sns = new SimulatedSns(timeline);
    final List<ObjectNode> events = new ArrayList<>();
    final List<String> done = new ArrayList<>();
    final List<AlarmNotice> notices = new ArrayList<>();
    final SimulatedCloudWatch cloudWatch =
            new SimulatedCloudWatch(CloudWatchSettings.defaults(), timeline, events::add, this::action);

    private Optional<AlarmAction> action(String arn) {
        if (!arn.equals(TOPIC) && !arn.equals(POLICY)) {
            return Optional.empty();
        }
        SnsAlarmAction topic = new SnsAlarmAction(sns, TOPIC, CloudWatchSettings.defaults());
        return Optional.of(notice -> {
            if (arn.equals(TOPIC) && sns.hasTopic(TOPIC)) {
                topic.run(notice);
            }
            notices.add(notice);
            done.add("%s %s %s -> %s"
                    .formatted(
                            Duration.between(START, notice.at()).toSeconds(),
                            arn.equals(TOPIC) ? "topic" : "policy",
                            notice.oldState(),
                            notice.newState()));
        });
    }

    /** LessThan 5 in one minute out of one, unless changed. */
    void alarm(Consumer<PutMetricAlarmRequest.Builder> change) {
        PutMetricAlarmRequest.Builder alarm = PutMetricAlarmRequest.builder()
                .alarmName("low")
                .namespace(NAMESPACE)
                .metricName(METRIC)
                .dimensions(d -> d.name("ClusterName").value("spillway"))
                .statistic(Statistic.MINIMUM)
                .period(60)
                .evaluationPeriods(1)
                .threshold(5.0)
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD);
        change.accept(alarm);
        cloudWatch.putMetricAlarm(alarm.build());
    }

    /** Lets a minute pass for each word; in its middle, a number comes as the metric's value. */
    SimulatedAccount minutes(String values) {
        for (String value : values.split(" ")) {
            timeline.runFor(Duration.ofSeconds(30));
            if (!value.equals("-")) {
                put(METRIC, Double.parseDouble(value), null);
            }
            timeline.runFor(Duration.ofSeconds(30));
        }
        return this;
    }

    void put(String metric, double value, @Nullable String unit) {
        cloudWatch.put(NAMESPACE, metric, DIMENSIONS, value, unit, timeline.now());
    }

    /** Until the alarms have been evaluated for the minutes so far. */
    SimulatedAccount evaluated() {
        timeline.runFor(Duration.ofSeconds(20));
        return this;
    }

    MetricAlarm alarm() {
        return cloudWatch.client().describeAlarms(r -> {}).metricAlarms().getFirst();
    }

    String state() {
        return alarm().stateValueAsString();
    }

    /** A statistic of the metric by the minute of the start of each period, from the start. */
    String series(String metric, String statistic, Duration period) {
        StringBuilder text = new StringBuilder();
        cloudWatch
                .series(NAMESPACE, metric, DIMENSIONS, statistic, START, timeline.now(), period)
                .forEach((at, value) -> text.append(Duration.between(START, at).toMinutes())
                        .append('=')
                        .append(value)
                        .append(' '));
        return text.toString().strip();
    }
}
