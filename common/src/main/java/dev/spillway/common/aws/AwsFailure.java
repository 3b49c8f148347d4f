package dev.spillway.common.aws;

/** What a failed call to AWS means for the task that it was made for. */
public sealed interface AwsFailure {

    /** AWS's own words. */
    String words();

    /**
     * Worth asking again later, in the same way.
     *
     * @param mayHaveWorked whether the call may have taken effect although it was not answered
     */
    record Retryable(String words, boolean mayHaveWorked) implements AwsFailure {}

    /** Refused, for now, because there is no room. */
    record NoCapacity(String words) implements AwsFailure {}

    /** Asking again would be answered in the same way. */
    record Permanent(String words) implements AwsFailure {}
}
