package dev.spillway.local.ec2;

/**
 * What instances join once they have booted, such as a cluster. Called with the lock of {@link SimulatedEc2} held, so
 * that nothing is gone before it joined: an implementation returns at once and does not wait for another thread.
 */
public interface InstanceHost {

    /** The agent on an instance has registered it. */
    void joined(BootedInstance instance);

    /** An instance that had joined has ended, and whatever runs there with it. */
    void gone(String instanceId);
}
