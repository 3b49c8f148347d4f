package dev.spillway.capacitymetric;

import dev.spillway.capacitymetric.capacity.ContainerSize;
import dev.spillway.capacitymetric.capacity.Instance;
import dev.spillway.capacitymetric.capacity.LargestSizes;
import dev.spillway.capacitymetric.capacity.WaitingTasks;
import dev.spillway.common.task.TaskSize;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The largest of the tasks that ran on container instances lately, or wait for them. Who waits is known anew with each
 * sample. What ran is read from many records, and so kept by the warm function for some minutes: a task that has just
 * started is a size that was waiting, or that did not have to.
 */
final class SizesFromRecords implements Sizes {

    /** A new size counts at the latest this much after it first ran, and an old one this much too long. */
    static final Duration AGE = Duration.ofMinutes(10);

    private final TasksOnInstances tasks;
    private final ContainerSize configured;
    private @Nullable Seen last;

    /** @param configured counts while no size was seen; its GPUs count for each size, since records know none */
    SizesFromRecords(TasksOnInstances tasks, ContainerSize configured) {
        this.tasks = tasks;
        this.configured = configured;
    }

    private record Seen(Set<TaskSize> sizes, Instant at) {}

    @Override
    public LargestSizes largest(Collection<Instance> cluster, WaitingTasks waiting, Instant now) {
        List<ContainerSize> seen = Stream.concat(ran(now).stream(), waiting.sizes().stream())
                // A task whose definition reserves nothing is no measure.
                .filter(size -> size.cpu() > 0 || size.memory() > 0)
                .map(size -> new ContainerSize(size.cpu(), size.memory(), configured.gpus()))
                .toList();
        return LargestSizes.of(seen, cluster, configured);
    }

    private synchronized Set<TaskSize> ran(Instant now) {
        if (last == null || !now.isBefore(last.at().plus(AGE))) {
            last = new Seen(tasks.sizes(now), now);
        }
        return last.sizes();
    }
}
