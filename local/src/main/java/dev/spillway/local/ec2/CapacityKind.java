package dev.spillway.local.ec2;

/** How an instance is bought. */
public enum CapacityKind {
    SPOT("spot"),
    ON_DEMAND("on-demand");

    private final String attribute;

    CapacityKind(String attribute) {
        this.attribute = attribute;
    }

    /** Value of the container instance's attribute {@code spillway.capacity}. */
    public String attribute() {
        return attribute;
    }
}
