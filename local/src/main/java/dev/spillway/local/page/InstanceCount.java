package dev.spillway.local.page;

import dev.spillway.local.ec2.CapacityKind;

/** Instances that are alike. */
public record InstanceCount(CapacityKind kind, State state, int count) {

    /** How far an instance is. */
    public enum State {
        /** It boots, or has not joined the cluster yet. */
        STARTING,
        ACTIVE,
        /** Its agent does not answer. */
        DISCONNECTED,
        DRAINING
    }
}
