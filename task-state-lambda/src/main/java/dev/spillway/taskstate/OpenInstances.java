package dev.spillway.taskstate;

import dev.spillway.taskstate.event.Event;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The container instances that this warm function has last seen taking tasks. Most of ECS's news of an instance is that a
 * task has started there or stopped: the first frees no room, and the task's own event tells of the second. Only an
 * instance that has joined, or come back, is worth a look at the waiting line.
 *
 * <p>Another copy of the function may have seen it leave. Then its return goes unnoticed here, until the sweep.
 */
final class OpenInstances {

    /** As many as a cluster may have (ECS service quotas, "Container instances per cluster"). */
    private static final int MOST = 5_000;

    private final Set<String> open = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    }));

    /** Takes the news, and says whether the instance takes tasks now and did not before, as far as is known. */
    boolean hasOpened(Event.InstanceChanged news) {
        if (news.takesTasks()) {
            return open.add(news.containerInstanceArn());
        }
        open.remove(news.containerInstanceArn());
        return false;
    }
}
