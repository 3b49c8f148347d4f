package dev.spillway.capacitymetric.capacity;

import dev.spillway.common.ecs.InstanceRoom;
import dev.spillway.common.task.TaskSize;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Container instances with tasks on them, and containers to fill them with. */
final class Fleets {

    private static final List<ContainerSize> TYPES = List.of(
            new ContainerSize(1_024, 904, 0),
            new ContainerSize(2_048, 3_943, 0),
            new ContainerSize(2_048, 15_800, 0),
            new ContainerSize(8_192, 15_639, 0),
            new ContainerSize(8_192, 31_500, 4),
            // External instances may register no CPU.
            new ContainerSize(0, 3_943, 0));

    private Fleets() {}

    /** An instance that takes tasks, of the given capacity. */
    static Instance instance(String capacity, ContainerSize registered, ContainerSize free) {
        return instance(InstanceState.ACTIVE, capacity, registered, free);
    }

    static Instance instance(InstanceState state, String capacity, ContainerSize registered, ContainerSize free) {
        InstanceRoom room = new InstanceRoom(
                "arn:" + capacity,
                "",
                capacity,
                state == InstanceState.ACTIVE,
                0,
                new TaskSize(registered.cpu(), registered.memory()),
                new TaskSize(free.cpu(), free.memory()));
        return new Instance(state, room, registered.gpus(), free.gpus());
    }

    /** Mixed types and states, with as many of the tasks on each as fit. */
    static Arbitrary<List<Instance>> fleets() {
        return instances().list().ofMaxSize(12);
    }

    static Arbitrary<LargestSizes> largest() {
        return sizes().list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(sizes -> LargestSizes.of(sizes, List.of(), sizes.getFirst()));
    }

    static Arbitrary<ContainerSize> sizes() {
        Arbitrary<Integer> cpu = Arbitraries.of(0, 1, 100, 128, 256, 1_000, 1_024, 2_048, 4_096, 9_000);
        Arbitrary<Integer> memory = Arbitraries.of(1, 100, 256, 512, 904, 1_024, 2_000, 3_943, 15_000, 64_000);
        Arbitrary<Integer> gpus =
                Arbitraries.frequencyOf(Tuple.of(9, Arbitraries.just(0)), Tuple.of(1, Arbitraries.of(1, 2)));
        return Combinators.combine(cpu, memory, gpus).as(ContainerSize::new);
    }

    private static Arbitrary<Instance> instances() {
        Arbitrary<InstanceState> states = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(InstanceState.ACTIVE)), Tuple.of(1, Arbitraries.of(InstanceState.class)));
        return Combinators.combine(
                        states,
                        Arbitraries.of("spot", "on-demand", ""),
                        Arbitraries.of(TYPES),
                        sizes().list().ofMaxSize(4))
                .as((state, capacity, type, tasks) -> instance(state, capacity, type, tasks));
    }

    private static Instance instance(
            InstanceState state, String capacity, ContainerSize type, List<ContainerSize> tasks) {
        int cpu = type.cpu();
        int memory = type.memory();
        int gpus = type.gpus();
        for (ContainerSize task : tasks) {
            if (task.timesIn(new TaskSize(cpu, memory), gpus) > 0) {
                cpu -= task.cpu();
                memory -= task.memory();
                gpus -= task.gpus();
            }
        }
        InstanceRoom room = new InstanceRoom(
                "arn:" + capacity,
                "",
                capacity,
                state == InstanceState.ACTIVE,
                0,
                new TaskSize(type.cpu(), type.memory()),
                new TaskSize(cpu, memory));
        return new Instance(state, room, type.gpus(), gpus);
    }
}
