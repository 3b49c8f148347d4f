package dev.spillway.capacitymetric.capacity;

import dev.spillway.capacitymetric.capacity.Figure.Part;
import dev.spillway.capacitymetric.capacity.Figure.Unit;
import dev.spillway.common.task.CapacityType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is published of a sample. A figure that does not exist is left out: 0 would be taken for a measurement. */
public final class Figures {

    private final List<Figure> figures = new ArrayList<>();

    private Figures() {}

    /** The figures of one sample; at most 17. */
    public static List<Figure> of(ClusterCapacity cluster, WaitingTasks waiting, Instant now) {
        Figures figures = new Figures();
        figures.addCapacity(cluster);
        figures.addInstances(cluster);
        figures.addWaiting(waiting, now);
        return List.copyOf(figures.figures);
    }

    private void addCapacity(ClusterCapacity cluster) {
        count("SchedulableContainers", cluster.schedulable());
        for (CapacityType kind : CapacityType.values()) {
            Long schedulable = cluster.schedulableOf().get(kind);
            if (schedulable != null) {
                add("SchedulableContainers", new Part("CapacityType", kind.name()), schedulable);
            }
        }
        cluster.perInstance().ifPresent(most -> count("ContainersPerInstance", most));
        cluster.cpuReserved().ifPresent(percent -> add("ClusterCpuReserved", percent, Unit.PERCENT));
        cluster.memoryReserved().ifPresent(percent -> add("ClusterMemoryReserved", percent, Unit.PERCENT));
    }

    private void addInstances(ClusterCapacity cluster) {
        for (InstanceState state : InstanceState.values()) {
            long count = cluster.instances().getOrDefault(state, 0L);
            if (count > 0 || state.isUsual()) {
                add("ContainerInstances", new Part("State", state.name()), count);
            }
        }
    }

    private void addWaiting(WaitingTasks waiting, Instant now) {
        count("WaitingTasks", waiting.all());
        count("WaitingTasksForInstances", waiting.forInstances());
        add("WaitingTasksForInstances", new Part("CapacityType", CapacityType.EC2_SPOT.name()), waiting.forSpot());
        // The clock that dated the message is not this one.
        long seconds = waiting.oldest()
                .map(oldest -> Math.max(0, Duration.between(oldest, now).toSeconds()))
                .orElse(0L);
        add("OldestWaitSeconds", seconds, Unit.SECONDS);
    }

    private void count(String name, long value) {
        add(name, value, Unit.COUNT);
    }

    private void add(String name, Part part, long value) {
        figures.add(new Figure(name, part, value, Unit.COUNT));
    }

    private void add(String name, double value, Unit unit) {
        figures.add(new Figure(name, null, value, unit));
    }
}
