package dev.spillway.local.ec2;

/** What whoever launched an instance learns of it. Called from the timeline, with no lock held. */
public interface InstanceListener {

    /** It runs. */
    void running(String instanceId);

    /**
     * It is at elevated risk of interruption. Called by whoever says so, before anybody else learns of it.
     *
     * @throws UnsupportedOperationException if what would follow is not simulated
     */
    default void rebalanceRecommendation(String instanceId) {}

    /** Its two minutes have begun. */
    void interruptionNotice(String instanceId);

    /** It has ended, for whatever reason. The last that is heard of it, and heard once. */
    void gone(String instanceId);
}
