package dev.spillway.driver.chain;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskSize;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why a task did not get a capacity type. What {@link #sentence} says is what the user reads in the record. */
public sealed interface Refusal {

    CapacityType capacityType();

    /** A plain sentence without its full stop. */
    String sentence();

    /**
     * AWS had no room at that moment.
     *
     * @param asked what the task needs; null for a function
     * @param reasons AWS's reasons, one for each instance that it looked at
     * @param instanceArns the instances that the reasons speak of, as far as AWS named them
     * @param roomiest what the container instance with the most free memory among those has free; null if unknown
     */
    record NoRoom(
            CapacityType capacityType,
            @Nullable TaskSize asked,
            List<String> reasons,
            List<String> instanceArns,
            @Nullable TaskSize roomiest)
            implements Refusal {

        public NoRoom {
            reasons = List.copyOf(reasons);
            instanceArns = List.copyOf(instanceArns);
        }

        /** The same refusal, with the room that there is. */
        public NoRoom withRoomiest(@Nullable TaskSize free) {
            return new NoRoom(capacityType, asked, reasons, instanceArns, free);
        }

        @Override
        public String sentence() {
            String wanted = asked == null ? "" : " for " + asked;
            String free = roomiest == null ? "" : "; the roomiest instance has " + roomiest + " free";
            return capacityType + " has no room" + wanted + " (" + counted() + free + ")";
        }

        private String counted() {
            Map<String, Long> byReason = new TreeMap<>(
                    reasons.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
            return byReason.entrySet().stream()
                    .map(e -> e.getValue() == 1 ? e.getKey() : e.getKey() + " on " + e.getValue() + " instances")
                    .collect(Collectors.joining(", "));
        }
    }

    /** Not asked, because a task that is no larger was refused a moment ago. */
    record RefusedJustNow(NoRoom earlier) implements Refusal {
        @Override
        public CapacityType capacityType() {
            return earlier.capacityType();
        }

        @Override
        public String sentence() {
            return earlier.sentence() + " a moment ago";
        }
    }

    /**
     * Not asked, because somebody waits for the same with the same right or more.
     *
     * @param ahead the first of them
     */
    record OthersFirst(CapacityType capacityType, TaskId ahead) implements Refusal {
        @Override
        public String sentence() {
            return capacityType + " is wanted by tasks that wait already, " + ahead + " the first of them";
        }
    }

    /** Not asked, and no use to ask later: the task cannot run there. */
    record Unfit(CapacityType capacityType, String why) implements Refusal {
        @Override
        public String sentence() {
            return capacityType + " cannot run it: " + why;
        }
    }
}
