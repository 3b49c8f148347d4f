package dev.spillway.drain;

import dev.spillway.drain.step.DrainStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look at an instance came to.
 *
 * @param taken the steps, in their order
 * @param actionGone whether nothing waited for the instance any more when the action was answered
 * @param failure what kept a step from being taken; null if nothing did
 */
record Looked(
        String instanceId,
        List<DrainStep> taken,
        boolean actionGone,
        @Nullable RuntimeException failure) {
    Looked {
        taken = List.copyOf(taken);
    }
}
