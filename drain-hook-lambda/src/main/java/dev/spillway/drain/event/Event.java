package dev.spillway.drain.event;

/** What the function is called for. */
public sealed interface Event {

    /** Auto Scaling wants to end an instance and waits for the hook. Whether it still does, Auto Scaling says. */
    record Terminating(String group, String instanceId) implements Event {}

    /** EC2 takes an instance. */
    record SpotNotice(String instanceId) implements Event {}

    /** EC2 is likely to take an instance, in a while or never. */
    record Rebalance(String instanceId) implements Event {}

    /** It is time to look at all instances that wait. */
    record WakeUp() implements Event {}

    /**
     * Nothing for this function.
     *
     * @param why for the log
     */
    record Ignored(String why) implements Event {}
}
