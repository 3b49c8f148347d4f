package dev.spillway.local.ecs;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The sizes that Fargate has for Linux (ECS developer guide, "Task definition parameters for Fargate": task size), and
 * the two notations in which ECS takes a size.
 */
final class FargateSizes {

    private static final int GIB = 1024;

    private record Memory(int from, int to, int step) {
        boolean has(int mib) {
            return mib >= from && mib <= to && (mib - from) % step == 0;
        }
    }

    private static final Map<Integer, Memory> MEMORY_BY_CPU = Map.of(
            512, new Memory(GIB, 4 * GIB, GIB),
            1024, new Memory(2 * GIB, 8 * GIB, GIB),
            2048, new Memory(4 * GIB, 16 * GIB, GIB),
            4096, new Memory(8 * GIB, 30 * GIB, GIB),
            8192, new Memory(16 * GIB, 60 * GIB, 4 * GIB),
            16384, new Memory(32 * GIB, 120 * GIB, 8 * GIB));

    private FargateSizes() {}

    /** Whether Fargate has this pair of CPU units and MiB. */
    static boolean has(int cpu, int memory) {
        if (cpu == 256) {
            return memory == 512 || memory == GIB || memory == 2 * GIB;
        }
        Memory sizes = MEMORY_BY_CPU.get(cpu);
        return sizes != null && sizes.has(memory);
    }

    /** CPU units of {@code "1024"} or {@code "1 vCPU"}; empty when it is neither. */
    static OptionalInt cpuUnits(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith("vcpu")
                ? scaled(lower.substring(0, lower.length() - "vcpu".length()), GIB)
                : scaled(lower, 1);
    }

    /** MiB of {@code "2048"} or {@code "2 GB"}; empty when it is neither. */
    static OptionalInt mebibytes(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith("gb") ? scaled(lower.substring(0, lower.length() - 2), GIB) : scaled(lower, 1);
    }

    private static OptionalInt scaled(String number, int unit) {
        try {
            double value = Double.parseDouble(number.strip()) * unit;
            return value == Math.rint(value) && value > 0 && value < Integer.MAX_VALUE
                    ? OptionalInt.of((int) value)
                    : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
