package dev.spillway.taskstate.line;

import dev.spillway.common.ecs.ContainerInstances;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskSize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out who of the waiting line may go now. */
public final class WaitingLine {

    /** As far as one look goes along the line. */
    private static final int LOOK = 200;

    /** One refusal a minute is a fair price for finding out whether an instance can hold more. */
    private static final int TRIES = 1;

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
     * Who may go now that a task has left a container instance. If the instance has room for somebody, but a larger task
     * before them keeps it for itself, the whole cluster is looked at: there may be a roomier instance for that one to
     * keep, and the line must not stand still until the next sweep.
     */
    public List<TaskId> afterStopOn(String containerInstanceArn) {
        List<TaskIndex.Waiting> line = index.waiting(LOOK);
        // Nobody waits in the common case, and then ECS need not be asked.
        if (line.isEmpty()) {
            return List.of();
        }
        SeenRoom there = SeenRoom.of(instances.describe(List.of(containerInstanceArn)), containerInstanceArn);
        List<TaskId> next = NextInLine.choose(line, there);
        return next.isEmpty() && NextInLine.anyFits(line, there)
                ? NextInLine.choose(line, SeenRoom.of(instances.active(), containerInstanceArn))
                : next;
    }

    /**
     * Who may go now that a container instance takes tasks. It is the others of its type that show how many it can hold,
     * so the whole cluster is looked at.
     */
    public List<TaskId> afterOpening() {
        return look(Luck.NONE).next();
    }

    /**
     * Who may go, looking at the whole cluster, or ask without knowing of room.
     *
     * @param probes how many of those that would take something else than container instances, of whose room nothing can
     *     be known but by asking
     */
    public Look afterLookAtAll(int probes) {
        return look(new Luck(probes, TRIES));
    }

    private Look look(Luck luck) {
        List<TaskIndex.Waiting> line = index.waiting(LOOK);
        return line.isEmpty()
                ? new Look(List.of(), List.of())
                : NextInLine.look(line, SeenRoom.of(instances.active()), luck);
    }
}
