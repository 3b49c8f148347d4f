package dev.spillway.taskstate.line;

import dev.spillway.common.ecs.ContainerInstances;
import dev.spillway.common.ecs.InstanceRoom;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskSize;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
     * What a look at the whole cluster says.
     *
     * @param next who may go
     * @param probes who may ask for what is not a container instance; no instance has room for them
     */
    public record Look(List<TaskId> next, List<Probe> probes) {
        public Look {
            next = List.copyOf(next);
            probes = List.copyOf(probes);
        }
    }

    /**
     * Who asks for what is not a container instance.
     *
     * @param roomiest what is free on the roomiest instance that it may use; null if there is none
     */
    public record Probe(TaskId taskId, @Nullable TaskSize roomiest) {}

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
    public Look afterLookAtAll(int probes) {
        List<TaskIndex.Waiting> line = index.waiting(LOOK);
        return line.isEmpty()
                ? new Look(List.of(), List.of())
                : NextInLine.look(line, open(instances.active()), probes);
    }

    private static List<InstanceRoom> open(List<InstanceRoom> rooms) {
        return rooms.stream().filter(InstanceRoom::takesTasks).toList();
    }
}
