package dev.spillway.drain;

import dev.spillway.common.ecs.TaskStopper;
import dev.spillway.common.function.Calls;
import dev.spillway.drain.event.Event;
import dev.spillway.drain.step.DrainStep;
import dev.spillway.drain.step.InstanceFacts;
import dev.spillway.drain.step.InstanceFacts.LifecycleAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the instances that have to go. It keeps nothing: each time it asks Auto Scaling and ECS how things are, and an
 * event only says where to look first. So an event may be lost, late or twice, two invocations may run at the same time, and
 * one may end in the middle: the next does what is left.
 *
 * <p>An event is answered by a look at its own instance, the schedule by a look at all. If each of a hundred events that come
 * together looked at a hundred instances, ECS would refuse most of their calls.
 */
final class DrainHook {

    private static final Logger LOG = LoggerFactory.getLogger(DrainHook.class);

    private final List<String> groups;
    private final LifecycleActions actions;
    private final ContainerInstancesGoing instances;
    private final TaskStopper stopper;
    private final Supplier<Daemons> daemons;
    private final Supplier<Calls<Looked>> calls;

    DrainHook(
            List<String> groups,
            LifecycleActions actions,
            ContainerInstancesGoing instances,
            TaskStopper stopper,
            Supplier<Daemons> daemons,
            Supplier<Calls<Looked>> calls) {
        this.groups = groups;
        this.actions = actions;
        this.instances = instances;
        this.stopper = stopper;
        this.daemons = daemons;
        this.calls = calls;
    }

    /** Handles one event and says what became of the instances that it is about. */
    Result handle(Event event, Instant now) {
        return switch (event) {
            case Event.Terminating t -> lookAt(actions.look(List.of(t.group())), t.instanceId()::equals, now);
            case Event.SpotNotice notice -> look(List.of(new Going(notice.instanceId(), null, false)), List.of(), now);
            case Event.Rebalance likely ->
                actions.replace(groups, likely.instanceId())
                        ? look(List.of(new Going(likely.instanceId(), null, false)), List.of(), now)
                        : leave(likely.instanceId());
            case Event.WakeUp wakeUp -> lookAt(actions.look(groups), id -> true, now);
            case Event.Ignored ignored -> {
                LOG.info("ignored: {}", ignored.why());
                yield Result.IGNORED;
            }
        };
    }

    /**
     * An instance that may stay for days. Drained, it would cost and run nothing, and to a Spot Fleet, or to a group that does
     * not rebalance, it would still be one that is there.
     */
    private static Result leave(String instanceId) {
        LOG.info("{} is left: nobody replaces it before it is taken", instanceId);
        DrainStep step = new DrainStep.Leave(DrainStep.Reason.NOT_REPLACED);
        return new Result(List.of(new Looked(instanceId, List.of(step), false, null)), List.of(), false);
    }

    private Result lookAt(LifecycleActions.Look look, Predicate<String> wanted, Instant now) {
        List<String> troubles = look.missing().stream()
                .sorted()
                .map(group -> "group " + group + " does not exist")
                .toList();
        List<Going> going = look.going().stream()
                .filter(instance -> wanted.test(instance.instanceId()))
                .toList();
        return look(going, troubles, now);
    }

    private Result look(List<Going> going, List<String> troubles, Instant now) {
        if (going.isEmpty()) {
            LOG.info("no instance has to go");
            return new Result(List.of(), troubles, false);
        }
        Map<String, LifecycleActions.Hook> hooks = new ConcurrentHashMap<>();
        Supplier<Members> members = members(going);
        InstanceLook look = new InstanceLook(actions, instances, stopper, daemons.get()::include, now);
        Calls<Looked> looks = calls.get();
        going.forEach(each -> looks.begin(() -> look.at(each, one -> facts(one, hooks, members))));
        List<Looked> looked = looks.results();
        List<String> all = new ArrayList<>(troubles);
        hooks.values().stream()
                .filter(hook -> !hook.outlastsTheInterval())
                .map(hook -> "the lifecycle hook of group " + hook.group() + " waits only "
                        + hook.heartbeatTimeout().toSeconds() + " s for a heartbeat")
                .forEach(all::add);
        return new Result(looked, all, false);
    }

    /** One look at the cluster for all of them. If it fails, it fails for each, so that each is kept waiting. */
    private Supplier<Members> members(List<Going> going) {
        try {
            Members found = instances.find(going.stream().map(Going::instanceId).toList());
            return () -> found;
        } catch (RuntimeException failure) {
            return () -> {
                throw new IllegalStateException("the container instances could not be found", failure);
            };
        }
    }

    private InstanceFacts facts(Going going, Map<String, LifecycleActions.Hook> hooks, Supplier<Members> members) {
        String group = going.group();
        LifecycleAction action = group == null
                ? null
                : new LifecycleAction(
                        group, hooks.computeIfAbsent(group, actions::hookOf).limit(), going.unhealthy());
        return new InstanceFacts(going.instanceId(), action, members.get().of(going.instanceId()), null);
    }

    /**
     * What an invocation came to.
     *
     * @param looked one for each instance
     * @param troubles what is wrong with the deployment
     * @param ignored whether the event was nothing for this function
     */
    record Result(List<Looked> looked, List<String> troubles, boolean ignored) {

        static final Result IGNORED = new Result(List.of(), List.of(), true);

        Result {
            looked = List.copyOf(looked);
            troubles = List.copyOf(troubles);
        }

        /**
         * Fails the invocation if anything in it failed, so that it is tried again and somebody sees it.
         *
         * @throws IllegalStateException naming how many instances, and which
         */
        void check() {
            List<Looked> failed =
                    looked.stream().filter(one -> one.failure() != null).toList();
            if (failed.isEmpty() && troubles.isEmpty()) {
                return;
            }
            List<String> what = new ArrayList<>(troubles);
            if (!failed.isEmpty()) {
                what.add(failed.size() + " of " + looked.size() + " instances could not be looked after: "
                        + String.join(
                                ", ", failed.stream().map(Looked::instanceId).toList()));
            }
            IllegalStateException failure = new IllegalStateException(String.join("; ", what));
            failed.stream()
                    .map(Looked::failure)
                    .filter(Objects::nonNull)
                    .limit(1)
                    .forEach(failure::initCause);
            throw failure;
        }
    }
}
