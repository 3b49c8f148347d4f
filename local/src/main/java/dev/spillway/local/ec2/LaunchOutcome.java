package dev.spillway.local.ec2;

/** The answer to a {@link LaunchRequest}. */
public sealed interface LaunchOutcome {

    /**
     * It boots.
     *
     * @param instanceId {@code i-…}
     */
    record Launched(String instanceId) implements LaunchOutcome {}

    /**
     * There is no Spot capacity.
     *
     * @param code of the error
     * @param message of the error
     */
    record NoCapacity(String code, String message) implements LaunchOutcome {}
}
