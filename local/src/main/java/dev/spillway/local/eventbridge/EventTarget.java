package dev.spillway.local.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;

/** What a rule calls with an event, for example a function. */
@FunctionalInterface
public interface EventTarget {

    /** Handles the event; what it throws makes the delivery be tried again. Must not change the event. */
    void deliver(JsonNode event);
}
