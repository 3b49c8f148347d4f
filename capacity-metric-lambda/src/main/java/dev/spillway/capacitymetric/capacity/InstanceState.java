package dev.spillway.capacitymetric.capacity;

/** What can be expected of a container instance (ECS API reference, ContainerInstance: status and agentConnected). */
public enum InstanceState {
    /** Takes tasks. */
    ACTIVE,
    /** ACTIVE by its status, but its agent is not connected: ECS places nothing there. */
    DISCONNECTED,
    /** Takes no new tasks. */
    DRAINING,
    /** Gets its trunk network interface. */
    REGISTERING,
    /** Did not get it. */
    REGISTRATION_FAILED,
    /** Gives it back. */
    DEREGISTERING,
    /** A status that this version does not know. */
    OTHER;

    /** The state of an instance; its agent matters only while it is ACTIVE. */
    public static InstanceState of(String status, boolean agentConnected) {
        return switch (status) {
            case "ACTIVE" -> agentConnected ? ACTIVE : DISCONNECTED;
            case "DRAINING" -> DRAINING;
            case "REGISTERING" -> REGISTERING;
            case "REGISTRATION_FAILED" -> REGISTRATION_FAILED;
            case "DEREGISTERING" -> DEREGISTERING;
            default -> OTHER;
        };
    }

    /** Whether zero of them is worth a figure: the others are seen only where network interfaces are trunked. */
    boolean isUsual() {
        return this == ACTIVE || this == DISCONNECTED || this == DRAINING;
    }
}
