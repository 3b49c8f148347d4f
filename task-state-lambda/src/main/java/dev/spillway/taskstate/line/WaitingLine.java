package dev.spillway.taskstate.line;

import dev.spillway.common.ecs.ContainerInstances;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.task.TaskId;
import java.util.List;

/** Finds out by what the instances have free. */
public final class WaitingLine implements Line {

    /** As far as a look at one instance goes along the line. */
    private static final int LOOK = 200;

    /**
     * As far as a look at the whole cluster goes: beyond many who want what is not there, somebody may want what is. The
     * bound is for the function's time.
     */
    static final int LONG_LOOK = 5_000;

    /** One refusal a minute is a fair price for finding out whether an instance can hold more. */
    private static final int TRIES = 1;

    private final TaskIndex index;
    private final ContainerInstances instances;
    private final LetGo letGo = new LetGo();

    public WaitingLine(TaskIndex index, ContainerInstances instances) {
        this.index = index;
        this.instances = instances;
    }

    /**
     * If the instance has room for somebody, but a larger task before them keeps it for itself, the whole cluster is
     * looked at: there may be a roomier instance for that one to keep, and the line must not stand still until the next
     * sweep.
     */
    @Override
    public List<TaskId> afterStopOn(String containerInstanceArn) {
        List<TaskIndex.Waiting> line = index.waiting(LOOK);
        // Nobody waits in the common case, and then ECS need not be asked.
        if (line.isEmpty()) {
            return List.of();
        }
        SeenRoom there = SeenRoom.of(instances.describe(List.of(containerInstanceArn)), containerInstanceArn);
        List<TaskId> next = NextInLine.choose(line, there, letGo.inVain());
        if (next.isEmpty() && NextInLine.anyFits(line, there)) {
            next = NextInLine.choose(line, SeenRoom.of(instances.active(), containerInstanceArn), letGo.inVain());
        }
        letGo.note(line, next);
        return next;
    }

    /** It is the others of its type that show how many an instance can hold, so the whole cluster is looked at. */
    @Override
    public List<TaskId> afterOpening() {
        return look(Luck.NONE).next();
    }

    @Override
    public Look afterLookAtAll(int probes) {
        return look(new Luck(probes, TRIES));
    }

    private Look look(Luck luck) {
        List<TaskIndex.Waiting> line = index.wholeLine().limit(LONG_LOOK).toList();
        letGo.keepOnly(line);
        if (line.isEmpty()) {
            return new Look(List.of(), List.of());
        }
        SeenRoom seen = SeenRoom.of(instances.active());
        Look look = NextInLine.look(line, seen, luck, letGo.inVain());
        List<Standing> standings = Standings.changes(line, seen, letGo.inVain());
        letGo.note(line, look.next());
        return new Look(look.next(), look.probes(), standings);
    }
}
