package dev.spillway.taskstate.line;

import dev.spillway.common.ecs.ContainerInstances;
import dev.spillway.common.ecs.InstanceRoom;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.task.TaskId;
import java.util.List;

/** Finds out who of the waiting line may go now. */
public final class WaitingLine {

    /** As far as one look goes along the line. */
    private static final int LOOK = 200;

    private final TaskIndex index;
    private final ContainerInstances instances;

    public WaitingLine(TaskIndex index, ContainerInstances instances) {
        this.index = index;
        this.instances = instances;
    }

    /**
     * Who may go now that something has changed on one container instance. If the instance has room for somebody, but a
     * larger task before them keeps it for itself, the whole cluster is looked at: there may be a roomier instance for
     * that one to keep, and the line must not stand still until the next sweep.
     */
    public List<TaskId> afterChangeOf(String containerInstanceArn) {
        List<TaskIndex.Waiting> line = index.waiting(LOOK);
        // Nobody waits in the common case, and then ECS need not be asked.
        if (line.isEmpty()) {
            return List.of();
        }
        List<InstanceRoom> rooms = open(instances.describe(List.of(containerInstanceArn)));
        List<TaskId> next = NextInLine.choose(line, rooms, 0);
        return next.isEmpty() && NextInLine.anyFits(line, rooms)
                ? NextInLine.choose(line, open(instances.active()), 0)
                : next;
    }

    /**
     * Who may go, looking at the whole cluster.
     *
     * @param probes how many of those that would take something else than container instances, of whose room nothing can
     *     be known but by asking
     */
    public List<TaskId> afterLookAtAll(int probes) {
        List<TaskIndex.Waiting> line = index.waiting(LOOK);
        return line.isEmpty() ? List.of() : NextInLine.choose(line, open(instances.active()), probes);
    }

    private static List<InstanceRoom> open(List<InstanceRoom> rooms) {
        return rooms.stream().filter(InstanceRoom::takesTasks).toList();
    }
}
