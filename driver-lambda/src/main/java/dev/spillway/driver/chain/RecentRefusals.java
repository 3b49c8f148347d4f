package dev.spillway.driver.chain;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskRequest;
import java.util.Optional;

/** What is known to be full at this moment. */
@FunctionalInterface
public interface RecentRefusals {

    /** Knows of nothing: every type is asked, as it must be when a launch is asked again or room is known to be free. */
    RecentRefusals NONE = (type, request, material) -> Optional.empty();

    /** The reason not to ask the type for this task, if there is one. */
    Optional<Refusal> find(CapacityType type, TaskRequest request, Material.Ready material);
}
