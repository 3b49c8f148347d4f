package dev.spillway.local.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.ecs.EventSink;
import dev.spillway.local.eventbridge.AsyncDelivery;
import dev.spillway.local.eventbridge.Envelope;
import dev.spillway.local.eventbridge.EventPattern;
import dev.spillway.local.eventbridge.EventTarget;
import dev.spillway.local.eventbridge.Schedules;
import dev.spillway.local.eventbridge.UndeliveredEvent;
import dev.spillway.local.functions.FunctionError;
import dev.spillway.local.time.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The rules and schedules of EventBridge on the timeline; a function that fails is invoked again as Lambda does. */
final class SimulatedBus implements EventSink {

    private final Timeline timeline;
    private final Envelope envelope;
    private final List<Rule> rules = new ArrayList<>();
    private final List<UndeliveredEvent> undelivered = new ArrayList<>();

    private record Rule(String name, EventPattern pattern, EventTarget target) {}

    SimulatedBus(Timeline timeline, Envelope envelope) {
        this.timeline = timeline;
        this.envelope = envelope;
    }

    void addRule(String name, JsonNode pattern, EventTarget target) {
        rules.add(new Rule(name, EventPattern.parse(pattern), target));
    }

    /** The first tick is one period from now. */
    void addSchedule(String name, String expression, EventTarget target) {
        tickEvery(Schedules.period(expression), name, target);
    }

    /** What no attempt could deliver. */
    List<UndeliveredEvent> undelivered() {
        return List.copyOf(undelivered);
    }

    @Override
    public void put(ObjectNode event) {
        rules.stream().filter(rule -> rule.pattern().matches(event)).forEach(rule -> submit(rule, event));
    }

    private void tickEvery(Duration period, String name, EventTarget target) {
        timeline.schedule(period, () -> {
            String rule = "arn:aws:events:%s:%s:rule/%s".formatted(envelope.region(), envelope.account(), name);
            JsonNode nothing = JsonNodeFactory.instance.objectNode();
            attempt(
                    name,
                    target,
                    envelope.event("aws.events", "Scheduled Event", timeline.now(), List.of(rule), nothing),
                    1);
            tickEvery(period, name, target);
        });
    }

    private void submit(Rule rule, ObjectNode event) {
        timeline.schedule(Duration.ZERO, () -> attempt(rule.name(), rule.target(), event, 1));
    }

    private void attempt(String rule, EventTarget target, ObjectNode event, int attempt) {
        try {
            target.deliver(event);
        } catch (FunctionError | FunctionCrash failed) {
            if (attempt > AsyncDelivery.LAMBDA_RETRIES.size()) {
                undelivered.add(new UndeliveredEvent(rule, event, attempt, failed.toString()));
                return;
            }
            Duration pause = AsyncDelivery.LAMBDA_RETRIES.get(attempt - 1);
            timeline.schedule(pause, () -> attempt(rule, target, event, attempt + 1));
        }
    }
}
