package dev.spillway.taskstate.line;

import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskSize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out who of the waiting line may go now. */
public interface Line {

    /** Who may go now that a task has left a container instance. */
    List<TaskId> afterStopOn(String containerInstanceArn);

    /** Who may go now that a container instance takes tasks. */
    List<TaskId> afterOpening();

    /**
     * Who may go, looking at the whole cluster, or ask without knowing of room.
     *
     * @param probes how many, for each capacity type, of those that would take something else than container instances,
     *     of whose room nothing can be known but by asking
     */
    Look afterLookAtAll(int probes);

    /**
     * What a look at the whole cluster says.
     *
     * @param next who may go
     * @param probes who may ask for what is not a container instance; no instance has room for them
     * @param standings those who stand otherwise now
     */
    record Look(List<TaskId> next, List<Probe> probes, List<Standing> standings) {
        public Look {
            next = List.copyOf(next);
            probes = List.copyOf(probes);
            standings = List.copyOf(standings);
        }

        /** Nobody stands otherwise. */
        Look(List<TaskId> next, List<Probe> probes) {
            this(next, probes, List.of());
        }
    }

    /**
     * How a task stands to those who come after it.
     *
     * @param givesWay why newcomers may go past it to the instances; null if they may not
     */
    record Standing(TaskId taskId, @Nullable String givesWay) {}

    /**
     * Who asks for what is not a container instance.
     *
     * @param roomiest what is free on the roomiest instance that it may use; null if there is none
     */
    record Probe(TaskId taskId, @Nullable TaskSize roomiest) {}
}
