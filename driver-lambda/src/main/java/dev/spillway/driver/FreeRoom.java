package dev.spillway.driver;

import dev.spillway.common.task.TaskSize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says how much room there is on instances that have refused a task, so that the refusal can say it too. */
@FunctionalInterface
interface FreeRoom {

    /** What the instance with the most free memory has free; null if none is named or AWS does not say. */
    @Nullable
    TaskSize roomiest(List<String> containerInstanceArns);
}
