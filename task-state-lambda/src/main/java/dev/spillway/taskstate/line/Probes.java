package dev.spillway.taskstate.line;

import dev.spillway.common.task.CapacityType;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many may still ask without knowing of room, in one look. Each capacity type has its number: those at the head of
 * the line who want one that has no room for hours must not keep those behind them from asking for another.
 */
final class Probes {

    private final int ofEach;
    private final Map<CapacityType, Integer> taken = new EnumMap<>(CapacityType.class);

    Probes(int ofEach) {
        this.ofEach = ofEach;
    }

    /** Whether a task may ask for these, which is then counted. */
    boolean take(Collection<CapacityType> types) {
        boolean any = types.stream().anyMatch(type -> taken.getOrDefault(type, 0) < ofEach);
        if (any) {
            types.forEach(type -> taken.merge(type, 1, Integer::sum));
        }
        return any;
    }
}
