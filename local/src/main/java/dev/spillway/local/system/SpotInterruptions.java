package dev.spillway.local.system;

import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import java.util.HashSet;
import java.util.Set;

/**
 * Takes Spot Instances away, so that one can watch what becomes of their tasks: each time a task has begun to run on a
 * Spot Instance, until the wanted number of interruptions is reached.
 */
final class SpotInterruptions {

    private final LocalCompute compute;
    private final Set<String> interrupted = new HashSet<>();
    private int left;

    SpotInterruptions(LocalCompute compute, int wanted) {
        this.compute = compute;
        this.left = wanted;
    }

    /** A record was written. */
    synchronized void see(TaskRecord record) {
        String instance = record.containerInstanceArn();
        if (left > 0
                && record.status() == TaskStatus.RUNNING
                && instance != null
                && compute.isSpot(instance)
                && interrupted.add(instance)) {
            left--;
            compute.interrupt(instance);
        }
    }
}
