package dev.spillway.local.autoscaling;

import java.util.Set;

/**
 * The lifecycle states that the simulation has, and the arrows between them (Auto Scaling user guide, "Amazon EC2 Auto
 * Scaling instance lifecycle"). From the last one of its way an instance leaves its group.
 */
enum InstanceState {
    PENDING("Pending"),
    IN_SERVICE("InService"),
    TERMINATING("Terminating"),
    TERMINATING_WAIT("Terminating:Wait"),
    TERMINATING_PROCEED("Terminating:Proceed");

    private final String text;

    InstanceState(String text) {
        this.text = text;
    }

    /** As DescribeAutoScalingGroups shows it. */
    String text() {
        return text;
    }

    /** Counts towards what the group has: what terminates is no longer replaced or terminated again. */
    boolean counts() {
        return this == PENDING || this == IN_SERVICE;
    }

    boolean leadsTo(InstanceState next) {
        return switch (this) {
            case PENDING -> Set.of(IN_SERVICE, TERMINATING).contains(next);
            case IN_SERVICE -> next == TERMINATING;
            case TERMINATING -> next == TERMINATING_WAIT;
            case TERMINATING_WAIT -> next == TERMINATING_PROCEED;
            case TERMINATING_PROCEED -> false;
        };
    }
}
