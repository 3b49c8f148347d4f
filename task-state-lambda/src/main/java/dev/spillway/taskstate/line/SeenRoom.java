package dev.spillway.taskstate.line;

import dev.spillway.common.ecs.InstanceRoom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The room that a look at container instances has shown.
 *
 * @param rooms instances that take tasks
 * @param mostTasks by instance type, the most tasks that one instance of it was seen to hold; 0 where none held any. ECS
 *     does not say how many network interfaces or ports an instance has left: what others of its type hold, it can
 *     hold too
 */
record SeenRoom(List<InstanceRoom> rooms, Map<String, Integer> mostTasks) {

    SeenRoom {
        rooms = List.copyOf(rooms);
        mostTasks = Map.copyOf(mostTasks);
    }

    static SeenRoom of(List<InstanceRoom> seen) {
        return of(seen, null);
    }

    /** @param left the instance that a task has just left; that one was there too */
    static SeenRoom of(List<InstanceRoom> seen, @Nullable String left) {
        List<InstanceRoom> open = seen.stream().filter(InstanceRoom::takesTasks).toList();
        Map<String, Integer> most = new HashMap<>();
        open.forEach(room -> most.merge(room.type(), room.tasks() + (room.arn().equals(left) ? 1 : 0), Integer::max));
        return new SeenRoom(open, most);
    }

    /** Whether an instance with so many tasks may well hold one more. Where nothing is known, only asking tells. */
    boolean mayHoldMore(InstanceRoom room, int tasks) {
        int most = mostTasks.getOrDefault(room.type(), 0);
        return most == 0 || tasks < most;
    }
}
