package dev.spillway.driver.launch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What AWS said to a {@link Launch}. */
public sealed interface LaunchAnswer {

    /** An answer after which nothing else of the fallback chain may be asked. */
    sealed interface Settled extends LaunchAnswer {}

    /**
     * The task is AWS's now.
     *
     * @param arn of the ECS task, or the request id of the invocation
     * @param containerInstanceArn where it was placed; null for Fargate and Lambda, and where ECS has no instance for it yet
     */
    record Placed(String arn, @Nullable String containerInstanceArn) implements Settled {}

    /**
     * There is no room now.
     *
     * @param reasons AWS's reasons, for example {@code RESOURCE:MEMORY}, one for each instance that was looked at
     * @param instanceArns the container instances that the reasons speak of, as far as AWS named them
     */
    record NoRoom(List<String> reasons, List<String> instanceArns) implements LaunchAnswer {
        public NoRoom {
            reasons = List.copyOf(reasons);
            instanceArns = List.copyOf(instanceArns);
        }
    }

    /**
     * No answer to rely on; the same launch has to be asked again.
     *
     * @param words why, in AWS's words
     */
    record Unanswered(String words) implements Settled {}

    /** AWS will never take this task as it is. */
    record Impossible(String words) implements Settled {}
}
