package dev.spillway.local.ec2;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One instance. Guarded by the lock of its {@link SimulatedEc2}. */
final class Ec2Instance {

    /** The states that the simulation has (EC2 user guide, "Instance lifecycle"). */
    enum State {
        PENDING,
        RUNNING,
        SHUTTING_DOWN,
        TERMINATED
    }

    final String id;
    final LaunchRequest request;
    final InstanceListener listener;
    final boolean joins;
    final Instant launchedAt;
    State state = State.PENDING;

    /** Has its notice; the capacity that it holds is no longer there for others. */
    boolean interrupted;

    boolean joined;

    @Nullable
    Instant endedAt;

    Ec2Instance(String id, LaunchRequest request, InstanceListener listener, boolean joins, Instant launchedAt) {
        this.id = id;
        this.request = request;
        this.listener = listener;
        this.joins = joins;
        this.launchedAt = launchedAt;
    }

    boolean isUp() {
        return state == State.PENDING || state == State.RUNNING;
    }

    boolean isSpot() {
        return request.kind() == CapacityKind.SPOT;
    }

    /** Holds a part of the Spot capacity that its owner was given. */
    boolean holdsSpotCapacityOf(String owner) {
        return isUp() && isSpot() && !interrupted && request.owner().equals(owner);
    }

    InstanceUse use(Instant now) {
        Optional<Instant> end = Optional.ofNullable(endedAt);
        return new InstanceUse(
                id,
                request.owner(),
                request.instanceType(),
                request.kind(),
                launchedAt,
                end,
                Duration.between(launchedAt, end.orElse(now)));
    }
}
