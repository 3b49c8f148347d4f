package dev.spillway.local.cloudwatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.ecs.EventSink;
import dev.spillway.local.service.StateLock;
import dev.spillway.local.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * The alarms of the account, evaluated each minute from the first one on. What follows from an evaluation, actions and
 * events, is scheduled and runs outside of the lock, each by itself.
 */
final class Alarms {

    private final CloudWatchSettings settings;
    private final Timeline timeline;
    private final MetricStore store;
    private final EventSink sink;
    private final AlarmDefinitions definitions;
    private final AlarmEvents events;
    private final Map<String, Alarm> byName = new TreeMap<>();
    private final StateLock lock = new StateLock();
    private Instant evaluatedUntil = Instant.MIN;
    private boolean ticking;

    Alarms(
            CloudWatchSettings settings,
            Timeline timeline,
            MetricStore store,
            EventSink sink,
            AlarmDefinitions definitions) {
        this.settings = settings;
        this.timeline = timeline;
        this.store = store;
        this.sink = sink;
        this.definitions = definitions;
        this.events = new AlarmEvents(settings);
    }

    void put(PutMetricAlarmRequest request) {
        Alarm.Definition definition = definitions.read(request, timeline.now());
        lock.holding(() -> {
            Alarm known = byName.putIfAbsent(request.alarmName(), new Alarm(definition));
            if (known != null) {
                known.redefine(definition);
            }
            if (!ticking) {
                ticking = true;
                scheduleTick();
            }
        });
    }

    /** By name. */
    List<MetricAlarm> describe(Predicate<MetricAlarm> wanted) {
        return lock.holding(() ->
                byName.values().stream().map(Alarm::describe).filter(wanted).toList());
    }

    private void scheduleTick() {
        Instant now = timeline.now();
        Instant next = now.truncatedTo(ChronoUnit.MINUTES).plus(settings.evaluationDelay());
        timeline.schedule(
                Duration.between(now, next.isAfter(now) ? next : next.plus(1, ChronoUnit.MINUTES)), this::tick);
    }

    private void tick() {
        lock.holding(() -> {
            scheduleTick();
            Instant now = timeline.now();
            Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
            // A timer of real time may go off a little early and then once more.
            if (minute.isAfter(evaluatedUntil)) {
                evaluatedUntil = minute;
                evaluateAll(minute, now);
            }
        });
    }

    /** An alarm that cannot be evaluated says so, but keeps no other from it. */
    private void evaluateAll(Instant minute, Instant now) {
        List<RuntimeException> failures = new ArrayList<>();
        for (Alarm alarm : byName.values()) {
            try {
                evaluate(alarm, minute, now);
            } catch (RuntimeException failure) {
                String name = alarm.definition().given().alarmName();
                failures.add(new IllegalStateException("the alarm " + name + " cannot be evaluated", failure));
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    private void evaluate(Alarm alarm, Instant minute, Instant now) {
        Alarm.State before = alarm.state();
        Verdict verdict = alarm.evaluate(store, minute);
        if (verdict instanceof Verdict.Is is && is.state() != before.value()) {
            AlarmCondition condition = alarm.definition().condition();
            alarm.enter(new Alarm.State(
                    is.state(),
                    AlarmReason.of(condition, is),
                    AlarmReason.data(alarm.definition(), verdict, now),
                    now));
            ObjectNode event = events.stateChange(alarm.definition(), before, alarm.state());
            timeline.schedule(Duration.ZERO, () -> sink.put(event));
            run(alarm, before.value(), verdict, now, arn -> true);
        } else if (alarm.everChanged()) {
            run(alarm, before.value(), verdict, now, Alarms::isRepeated);
        }
    }

    /**
     * Actions run when the state changes; those of Auto Scaling once a minute for as long as it remains (user guide, "Using
     * Amazon CloudWatch alarms").
     */
    private static boolean isRepeated(String arn) {
        return arn.contains(":autoscaling:") && arn.contains("scalingPolicy");
    }

    private void run(Alarm alarm, StateValue before, Verdict verdict, Instant now, Predicate<String> wanted) {
        List<Double> values = new ArrayList<>();
        verdict.datapoints().forEach(point -> values.add(point.value()));
        AlarmNotice notice = new AlarmNotice(alarm.describe(), before, values, now);
        alarm.actions().forEach((arn, action) -> {
            if (wanted.test(arn)) {
                timeline.schedule(Duration.ZERO, () -> action.run(notice));
            }
        });
    }
}
