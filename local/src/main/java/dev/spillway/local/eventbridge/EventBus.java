package dev.spillway.local.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The default event bus: hands each event to the target of every rule whose pattern it matches. */
public final class EventBus {

    private final AsyncDelivery delivery;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    private record Rule(String name, EventPattern pattern, EventTarget target) {}

    /** A bus without rules. */
    public EventBus(AsyncDelivery delivery) {
        this.delivery = delivery;
    }

    /** Adds a rule; it sees the events that come after it. */
    public void addRule(String name, EventPattern pattern, EventTarget target) {
        rules.add(new Rule(name, pattern, target));
    }

    /** Accepts an event in EventBridge's form and returns at once. The caller may change its object afterwards. */
    public void put(ObjectNode event) {
        JsonNode copy = event.deepCopy();
        for (Rule rule : rules) {
            if (rule.pattern().matches(copy)) {
                delivery.submit(rule.name(), copy, rule.target());
            }
        }
    }
}
