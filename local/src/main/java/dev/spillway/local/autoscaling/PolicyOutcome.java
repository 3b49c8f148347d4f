package dev.spillway.local.autoscaling;

/** What executing a policy did to a group's desired capacity. */
public sealed interface PolicyOutcome {

    /**
     * It is another one.
     *
     * @param from instances
     * @param to instances
     */
    record Changed(int from, int to) implements PolicyOutcome {}

    /**
     * It stays.
     *
     * @param desired instances
     * @param why for people
     */
    record Unchanged(int desired, String why) implements PolicyOutcome {}
}
