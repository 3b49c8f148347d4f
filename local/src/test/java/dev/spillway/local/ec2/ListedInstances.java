package dev.spillway.local.ec2;

import java.util.TreeSet;

/** Nothing but a list of what has joined. */
final class ListedInstances implements InstanceHost {

    final TreeSet<String> joined = new TreeSet<>();

    @Override
    public void joined(BootedInstance instance) {
        joined.add(instance.instanceId());
    }

    @Override
    public void gone(String instanceId) {
        joined.remove(instanceId);
    }
}
