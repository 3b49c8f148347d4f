package dev.spillway.drain;

import dev.spillway.common.ecs.EcsTaskStopper;
import dev.spillway.common.ecs.TaskStopper;
import dev.spillway.drain.step.DrainRule;
import dev.spillway.drain.step.DrainStep;
import dev.spillway.drain.step.InstanceFacts;
import dev.spillway.drain.step.InstanceFacts.LifecycleAction;
import dev.spillway.drain.step.InstanceFacts.Member;
import dev.spillway.drain.step.StepText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.awssdk.services.ecs.model.Task;

/** One look at one instance: step by step, until it is told to wait or to go. */
final class InstanceLook {

    private static final Logger LOG = LoggerFactory.getLogger(InstanceLook.class);

    private static final String TIME_IS_UP = "has to go and waited as long as Auto Scaling lets it";
    private static final String LOST = "is unhealthy and its agent does not answer";

    private final LifecycleActions actions;
    private final ContainerInstancesGoing instances;
    private final TaskStopper stopper;
    private final Predicate<Task> isDaemon;
    private final Instant now;

    /** @param now the instant of the invocation */
    InstanceLook(
            LifecycleActions actions,
            ContainerInstancesGoing instances,
            TaskStopper stopper,
            Predicate<Task> isDaemon,
            Instant now) {
        this.actions = actions;
        this.instances = instances;
        this.stopper = stopper;
        this.isDaemon = isDaemon;
        this.now = now;
    }

    /** Reads what is not known yet. What it throws is the instance's failure, as what a step throws. */
    interface Facts {
        InstanceFacts of(Going going);
    }

    /** Never throws: a failure is this instance's alone, and is a part of what the look came to. */
    Looked at(Going going, Facts facts) {
        List<DrainStep> taken = new ArrayList<>();
        try (MDC.MDCCloseable id = MDC.putCloseable("ec2_instance_id", going.instanceId());
                MDC.MDCCloseable group =
                        MDC.putCloseable("auto_scaling_group", going.group() == null ? "" : going.group())) {
            try {
                boolean actionGone = !proceed(facts.of(going), taken);
                LOG.info("{}{}", StepText.of(taken), actionGone ? ", but nothing waits for the instance any more" : "");
                return new Looked(going.instanceId(), taken, actionGone, null);
            } catch (RuntimeException failure) {
                LOG.error("could not look after the instance; before that: {}", StepText.of(taken), failure);
                keepWaiting(going, failure);
                return new Looked(going.instanceId(), taken, false, failure);
            }
        }
    }

    /** Decides and acts, until there is an end; false if nothing waits for the instance any more. */
    private boolean proceed(InstanceFacts start, List<DrainStep> taken) {
        InstanceFacts facts = start;
        while (true) {
            DrainStep step = DrainRule.next(facts, now);
            switch (step) {
                case DrainStep.Drain drain -> {
                    facts = facts.with(
                            instances.drain(drain.containerInstanceArn()).orElse(null));
                    taken.add(step);
                }
                case DrainStep.LookAtTasks look ->
                    facts = facts.with(instances.tasksOn(look.containerInstanceArn(), isDaemon));
                case DrainStep.Heartbeat heartbeat -> {
                    taken.add(step);
                    return hold(facts, heartbeat.held());
                }
                case DrainStep.StopTasks stop -> {
                    stop(stop.tasks(), facts, TIME_IS_UP);
                    taken.add(step);
                    return hold(facts, stop.held());
                }
                case DrainStep.Complete complete -> {
                    stop(complete.tasks(), facts, complete.reason() == DrainStep.Reason.LOST ? LOST : TIME_IS_UP);
                    taken.add(step);
                    return actions.complete(group(facts), facts.instanceId());
                }
                case DrainStep.Leave leave -> {
                    taken.add(step);
                    return true;
                }
            }
        }
    }

    /** The heartbeat first: without it the instance could go; without the note it only waits a little longer. */
    private boolean hold(InstanceFacts facts, DrainStep.Held held) {
        boolean waits = actions.heartbeat(group(facts), facts.instanceId());
        Member member = facts.member();
        if (waits && held.firstSeen() && member != null) {
            instances.remember(member.containerInstanceArn(), held.since());
        }
        return waits;
    }

    /**
     * Stopping twice is the same as once. The event of the stop tells that the job is not at fault. One that cannot be
     * stopped must not cost the others the time to end.
     */
    private void stop(List<String> tasks, InstanceFacts facts, String why) {
        String reason = EcsTaskStopper.DRAINED + ": instance " + facts.instanceId() + " " + why;
        List<RuntimeException> failures = new ArrayList<>();
        for (String task : tasks) {
            try {
                stopper.stop(task, reason);
            } catch (RuntimeException failure) {
                failures.add(failure);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    /** What could not be read must not end an instance whose tasks still run. */
    private void keepWaiting(Going going, RuntimeException failure) {
        String group = going.group();
        if (group == null) {
            return;
        }
        try {
            actions.heartbeat(group, going.instanceId());
        } catch (RuntimeException alsoThat) {
            failure.addSuppressed(alsoThat);
        }
    }

    private static String group(InstanceFacts facts) {
        LifecycleAction action = facts.action();
        if (action == null) {
            throw new IllegalStateException("nothing waits for " + facts.instanceId());
        }
        return action.group();
    }
}
