package dev.spillway.driver.launch;

import dev.spillway.common.task.TaskSize;
import java.util.List;
import java.util.Optional;

/**
 * The sizes that Fargate sells (ECS developer guide, "Task CPU and memory" for Fargate): each CPU value goes with
 * memory between two bounds, in steps.
 */
public final class FargateSize {

    private static final int GIB = 1_024;

    private static final List<Row> ROWS = List.of(
            new Row(256, 512, 512, 512),
            new Row(256, GIB, 2 * GIB, GIB),
            new Row(512, GIB, 4 * GIB, GIB),
            new Row(1_024, 2 * GIB, 8 * GIB, GIB),
            new Row(2_048, 4 * GIB, 16 * GIB, GIB),
            new Row(4_096, 8 * GIB, 30 * GIB, GIB),
            new Row(8_192, 16 * GIB, 60 * GIB, 4 * GIB),
            new Row(16_384, 32 * GIB, 120 * GIB, 8 * GIB));

    /** The largest size there is. */
    public static final TaskSize LARGEST = new TaskSize(16_384, 120 * GIB);

    private FargateSize() {}

    private record Row(int cpu, int minMemory, int maxMemory, int step) {}

    /** The smallest size that holds what is wanted; empty if none does. */
    public static Optional<TaskSize> atLeast(TaskSize wanted) {
        return ROWS.stream()
                .filter(row -> row.cpu >= wanted.cpu() && row.maxMemory >= wanted.memory())
                .findFirst()
                .map(row -> new TaskSize(row.cpu, memoryOf(row, wanted.memory())));
    }

    private static int memoryOf(Row row, int wanted) {
        int above = Math.max(0, wanted - row.minMemory);
        return row.minMemory + Math.ceilDiv(above, row.step) * row.step;
    }
}
