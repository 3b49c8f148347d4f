package dev.spillway.local.autoscaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.Instance;

/** One instance of a group. Guarded by the lock of its {@link AutoScalingWorld}. */
final class GroupInstance {

    final String id;
    final String instanceType;
    final String availabilityZone;
    final Instant launchedAt;
    final List<LifecycleAction> actions = new ArrayList<>();

    /** Its launch, later its termination. */
    ScalingActivity activity;

    boolean protectedFromScaleIn;
    boolean healthy = true;

    private InstanceState state = InstanceState.PENDING;
    private @Nullable Instant inServiceAt;

    GroupInstance(
            String id,
            String instanceType,
            String availabilityZone,
            Instant launchedAt,
            ScalingActivity activity,
            boolean protectedFromScaleIn) {
        this.id = id;
        this.instanceType = instanceType;
        this.availabilityZone = availabilityZone;
        this.launchedAt = launchedAt;
        this.activity = activity;
        this.protectedFromScaleIn = protectedFromScaleIn;
    }

    InstanceState state() {
        return state;
    }

    boolean is(InstanceState other) {
        return state == other;
    }

    void inService(Instant now) {
        state(InstanceState.IN_SERVICE);
        inServiceAt = now;
    }

    void state(InstanceState next) {
        if (!state.leadsTo(next)) {
            throw new IllegalStateException(id + " cannot go from " + state.text() + " to " + next.text());
        }
        state = next;
    }

    /** In service, and for longer than it takes to warm up. */
    boolean isWarm(Duration warmup, Instant now) {
        return state == InstanceState.IN_SERVICE && inServiceAt != null && !now.isBefore(inServiceAt.plus(warmup));
    }

    Instance describe() {
        return Instance.builder()
                .instanceId(id)
                .instanceType(instanceType)
                .availabilityZone(availabilityZone)
                .lifecycleState(state.text())
                .healthStatus(healthy ? "Healthy" : "Unhealthy")
                .protectedFromScaleIn(protectedFromScaleIn)
                .build();
    }
}
