package dev.spillway.local.autoscaling;

import dev.spillway.local.time.Scheduled;
import java.time.Instant;

/** One wait of one instance for one hook. Guarded by the lock of its {@link AutoScalingWorld}. */
final class LifecycleAction {

    final LifecycleHook hook;
    final String token;
    final Instant startedAt;

    /** When the default result comes; a heartbeat moves it. */
    Instant deadline;

    Scheduled timer = () -> {};

    LifecycleAction(LifecycleHook hook, String token, Instant startedAt) {
        this.hook = hook;
        this.token = token;
        this.startedAt = startedAt;
        this.deadline = startedAt;
    }

    /** One more heartbeat timeout from now, but never beyond the global timeout. */
    Instant deadlineAfterHeartbeat(Instant now) {
        Instant next = now.plus(hook.heartbeatTimeout());
        Instant last = startedAt.plus(hook.globalTimeout());
        return next.isBefore(last) ? next : last;
    }
}
