package dev.spillway.local.ecs;

import java.util.List;

/**
 * What the instances of a capacity provider have to do, as ECS's managed scaling sees it.
 *
 * @param busy EC2 instance ids of its ACTIVE container instances that a task is on
 * @param idle EC2 instance ids of those that none is on; there are no daemon services here
 * @param missing instances that the tasks in PROVISIONING need at least; 0 if none waits
 */
public record ProviderLoad(List<String> busy, List<String> idle, int missing) {

    public ProviderLoad {
        busy = List.copyOf(busy);
        idle = List.copyOf(idle);
    }

    /** How many instances there are. */
    public int instances() {
        return busy.size() + idle.size();
    }
}
