package dev.spillway.local.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Where the events of the simulated services go: what an EventBridge bus is to the real ones. */
@FunctionalInterface
public interface EventSink {

    /**
     * Takes one event.
     *
     * @param event in the shape in which EventBridge delivers it; the receiver may keep it
     */
    void put(ObjectNode event);
}
