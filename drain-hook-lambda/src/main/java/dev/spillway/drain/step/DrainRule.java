package dev.spillway.drain.step;

import dev.spillway.drain.step.DrainStep.Held;
import dev.spillway.drain.step.DrainStep.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides the next step with an instance that has to go. Pure: the same facts give the same step.
 *
 * <p>How long an instance may wait is counted from when it was first seen to wait. That was at most one interval after it
 * began, so one interval is taken off the limit; another two are kept for the stop: one in which the tasks end, and the last
 * look, after which Auto Scaling might end the wait by itself.
 */
public final class DrainRule {

    /** The longest from one look at an instance to the next: the schedule's 6 minutes, and one in which it may be late. */
    public static final Duration INTERVAL = Duration.ofMinutes(7);

    private DrainRule() {}

    /** Decides. */
    public static DrainStep next(InstanceFacts facts, Instant now) {
        InstanceFacts.LifecycleAction action = facts.action();
        InstanceFacts.Member member = facts.member();
        if (member == null) {
            return action == null
                    ? new DrainStep.Leave(Reason.NOT_IN_THE_CLUSTER)
                    : new DrainStep.Complete(Reason.NOT_IN_THE_CLUSTER, List.of());
        }
        // Before its tasks are looked at: else one could be placed between the look and the end.
        if (member.takesTasks()) {
            return new DrainStep.Drain(member.containerInstanceArn());
        }
        if (action == null) {
            return new DrainStep.Leave(Reason.DRAINING_ALREADY);
        }
        InstanceFacts.TasksThere tasks = facts.tasks();
        return tasks == null
                ? new DrainStep.LookAtTasks(member.containerInstanceArn())
                : withTasks(action, member, tasks, now);
    }

    private static DrainStep withTasks(
            InstanceFacts.LifecycleAction action,
            InstanceFacts.Member member,
            InstanceFacts.TasksThere tasks,
            Instant now) {
        int running = tasks.holding().size();
        // A task that was placed a moment ago is counted before it is listed.
        int notListed = Math.max(0, member.counted() - running - tasks.others());
        int leaving = tasks.stopping() + notListed;
        if (running == 0 && leaving == 0) {
            return new DrainStep.Complete(Reason.NO_TASK_HOLDS_IT, List.of());
        }
        // An agent that is away for a moment is normal, and so is a sick instance that still works; both together are
        // not.
        if (action.unhealthy() && !member.agentConnected()) {
            return new DrainStep.Complete(Reason.LOST, tasks.holding());
        }
        Instant since = since(member.waitingSince(), now);
        Instant lastLook = since.plus(action.limit()).minus(INTERVAL.multipliedBy(2));
        Instant stopAfter = lastLook.minus(INTERVAL);
        Held held = new Held(since, member.waitingSince() == null, running, leaving, stopAfter);
        if (!now.isBefore(lastLook)) {
            return new DrainStep.Complete(Reason.TIME_IS_UP, tasks.holding());
        }
        return running > 0 && !now.isBefore(stopAfter)
                ? new DrainStep.StopTasks(tasks.holding(), held)
                : new DrainStep.Heartbeat(held);
    }

    /** Nobody can have seen it in the future; a clock that ran ahead must not lengthen the wait. */
    private static Instant since(@Nullable Instant seen, Instant now) {
        return seen == null || seen.isAfter(now) ? now : seen;
    }
}
