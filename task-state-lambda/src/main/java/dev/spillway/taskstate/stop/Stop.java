package dev.spillway.taskstate.stop;

import dev.spillway.common.task.RetryPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts by which a stop is judged.
 *
 * @param stopCode of the ECS API; null where ECS gave none
 * @param stoppedReason in ECS's words; may be empty
 * @param essential the essential containers, as far as the event names them
 * @param retry what the message wants
 * @param attempt the run that has stopped, from 1
 * @param losses how many runs were lost before this one
 * @param failedStarts how many starts in a row failed before this one
 * @param lackedInstance whether it was for a container instance and never had one
 */
public record Stop(
        @Nullable String stopCode,
        String stoppedReason,
        List<Exit> essential,
        RetryPolicy retry,
        int attempt,
        int losses,
        int failedStarts,
        boolean lackedInstance) {

    public Stop {
        essential = List.copyOf(essential);
    }

    /** A stop of something that had its place. */
    public Stop(
            @Nullable String stopCode,
            String stoppedReason,
            List<Exit> essential,
            RetryPolicy retry,
            int attempt,
            int losses,
            int failedStarts) {
        this(stopCode, stoppedReason, essential, retry, attempt, losses, failedStarts, false);
    }

    /**
     * How a container ended.
     *
     * @param exitCode null if it never ran
     * @param reason in ECS's words; may be empty
     */
    public record Exit(@Nullable Integer exitCode, String reason) {}
}
