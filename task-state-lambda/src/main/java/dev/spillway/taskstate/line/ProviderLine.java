package dev.spillway.taskstate.line;

import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.task.TaskId;
import java.util.List;
import java.util.stream.Stream;

/**
 * The line where capacity providers find the instances. ECS accepts a task that it has no room for and keeps it in
 * PROVISIONING, by which managed scaling knows what to bring: whoever may use an instance goes without a look at what is
 * free. Only the number of tasks in PROVISIONING is bounded (ECS service quotas: 500 in a cluster), so they go a few at
 * a time: one for each that leaves room, and a hundred each minute.
 */
public final class ProviderLine implements Line {

    /** A small part of what RunTask allows, 40 calls in a second (ECS developer guide, "Request throttling"). */
    private static final int EACH_MINUTE = 100;

    /** What one more instance makes room for, at a guess: ECS tells when it is wrong. */
    private static final int FOR_AN_INSTANCE = 10;

    private final TaskIndex index;

    public ProviderLine(TaskIndex index) {
        this.index = index;
    }

    @Override
    public List<TaskId> afterStopOn(String containerInstanceArn) {
        return first(line(), 1);
    }

    @Override
    public List<TaskId> afterOpening() {
        return first(line(), FOR_AN_INSTANCE);
    }

    @Override
    public Look afterLookAtAll(int probes) {
        List<TaskIndex.Waiting> line = line().toList();
        Probes left = new Probes(probes);
        List<Probe> elsewhere = line.stream()
                .filter(task -> !task.mayUseInstances() && left.take(task.capacity()))
                .map(task -> new Probe(task.taskId(), null))
                .toList();
        return new Look(first(line.stream(), EACH_MINUTE), elsewhere);
    }

    /** Those who may use instances can stand behind many who may not. */
    private static List<TaskId> first(Stream<TaskIndex.Waiting> line, int most) {
        return line.filter(TaskIndex.Waiting::mayUseInstances)
                .limit(most)
                .map(TaskIndex.Waiting::taskId)
                .toList();
    }

    private Stream<TaskIndex.Waiting> line() {
        return index.wholeLine().limit(WaitingLine.LONG_LOOK);
    }
}
