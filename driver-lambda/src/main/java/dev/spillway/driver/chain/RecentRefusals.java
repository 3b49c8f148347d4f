package dev.spillway.driver.chain;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskSize;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known to be full at this moment. */
@FunctionalInterface
public interface RecentRefusals {

    /** Knows of nothing, so that every type is asked. */
    RecentRefusals NONE = (type, request, material) -> Optional.empty();

    /** The reason not to ask the type for this task, if there is one. */
    Optional<Refusal> find(CapacityType type, TaskRequest request, Material.Ready material);

    /**
     * No container instance has room for the task, as a look at all of them has shown. Where one has the CPU and memory,
     * it is something else that is missing: a network interface, a port, or what its constraints ask for.
     *
     * @param roomiest what is free on the roomiest; null if there is none
     */
    static RecentRefusals instancesFull(@Nullable TaskSize roomiest) {
        return (type, request, material) -> type.isEc2()
                ? Optional.of(new Refusal.NoRoom(
                        type, material.size(), List.of(missing(material.size(), roomiest)), List.of(), roomiest))
                : Optional.empty();
    }

    private static String missing(@Nullable TaskSize size, @Nullable TaskSize roomiest) {
        if (roomiest == null) {
            return "no instance takes tasks";
        }
        return size != null && roomiest.isAtLeast(size)
                ? "each instance has as many tasks as one of its type was seen to hold"
                : "no instance has as much free";
    }

    /** Both of them: this one's reason, or else the other's. */
    default RecentRefusals or(RecentRefusals other) {
        return (type, request, material) -> find(type, request, material).or(() -> other.find(type, request, material));
    }

    /** Only what is known of capacity that is not of the cluster's instances. */
    default RecentRefusals outsideEc2() {
        return (type, request, material) -> type.isEc2() ? Optional.empty() : find(type, request, material);
    }
}
