package dev.spillway.local.ecs;

import dev.spillway.local.runtime.ContainerExit;
import dev.spillway.local.runtime.ContainerRun;
import dev.spillway.local.runtime.RunningContainer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/**
 * Takes a task from its placement to its end (ECS developer guide, "Amazon ECS task lifecycle"). Methods that say so
 * are called with the world's lock; the others take it themselves.
 */
final class TaskLifecycle {

    private final EcsWorld world;
    private final Provisioning provisioning;

    TaskLifecycle(EcsWorld world) {
        this.world = world;
        this.provisioning = new Provisioning(world, this::provisioned, this::neverProvisioned);
    }

    /** A task has been accepted for a capacity provider that has no room for it. Called with the lock. */
    void awaitCapacity(SimTask task) {
        world.publish(task);
        provisioning.add(task);
    }

    /** There may be room for tasks that wait for it. Called with the lock. */
    void capacityChanged(ClusterState cluster) {
        provisioning.place(cluster);
    }

    private void provisioned(SimTask task) {
        if (task.hasOwnNetwork()) {
            // It has its instance, and not its interface yet.
            changed(task);
        } else {
            change(task, SimTask.Status.PENDING);
        }
        scheduleStart(task);
    }

    private void neverProvisioned(SimTask task) {
        task.withoutContainers = true;
        wantStopped(task, TaskStopCode.TASK_FAILED_TO_START, Provisioning.GIVEN_UP);
        finish(task);
    }

    /** A task has its place. Called with the lock. */
    void placed(SimTask task) {
        world.publish(task);
        scheduleStart(task);
    }

    private void scheduleStart(SimTask task) {
        Duration delay = task.isFargate()
                ? world.settings.startupTimes().fargate()
                : world.settings.startupTimes().ec2();
        world.timeline.schedule(delay, () -> start(task));
    }

    private void start(SimTask task) {
        List<ContainerRun> runs = world.lock.holding(() -> prepare(task));
        if (runs.isEmpty()) {
            return;
        }
        for (int i = 0; i < runs.size(); i++) {
            SimContainer container = task.containers.get(i);
            // Without the lock: starting a process takes milliseconds.
            RunningContainer handle = world.runtime.start(runs.get(i), exit -> ended(task, container, exit));
            world.lock.holding(() -> container.started(handle));
        }
        world.lock.holding(() -> launched(task));
    }

    private List<ContainerRun> prepare(SimTask task) {
        if (task.isStopped()) {
            return List.of();
        }
        String failure = world.provisioningFailure;
        if (task.isFargate() && failure != null) {
            task.withoutContainers = true;
            wantStopped(task, TaskStopCode.TASK_FAILED_TO_START, failure);
            finish(task);
            return List.of();
        }
        if (task.status == SimTask.Status.PROVISIONING) {
            change(task, SimTask.Status.PENDING);
        }
        task.launching = true;
        return task.containers.stream()
                .map(container -> task.run(container.definition()))
                .toList();
    }

    private void launched(SimTask task) {
        task.launched = true;
        if (task.isStopped()) {
            // The host went away while the containers were being started.
            handles(task).forEach(handle -> world.outside(handle::kill));
            return;
        }
        @Nullable
        String failure = task.containers.stream()
                .map(SimContainer::failureToStart)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (failure != null) {
            boolean fargate = task.isFargate();
            wantStopped(task, TaskStopCode.TASK_FAILED_TO_START, fargate ? failure : "Task failed to start");
        } else {
            task.startedAt = world.now();
            task.containers.forEach(SimContainer::running);
            change(task, SimTask.Status.RUNNING);
        }
        if (task.toStop) {
            stopContainers(task);
        }
        settle(task);
    }

    private void ended(SimTask task, SimContainer container, ContainerExit exit) {
        world.lock.holding(() -> {
            if (task.isStopped()) {
                return;
            }
            container.ended(exit);
            if (task.launched) {
                settle(task);
            }
        });
    }

    /** Draws the consequences of the containers that have ended. */
    private void settle(SimTask task) {
        boolean essentialEnded =
                task.containers.stream().anyMatch(container -> container.isEssential() && container.hasEnded());
        boolean allEnded = task.containers.stream().allMatch(SimContainer::hasEnded);
        if (!task.toStop && essentialEnded) {
            wantStopped(task, TaskStopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container in task exited");
            stopContainers(task);
            if (!allEnded) {
                changed(task);
            }
        }
        if (allEnded) {
            finish(task);
        }
    }

    /**
     * Asks a task to stop: SIGTERM, and SIGKILL after the stop timeout. A task that is stopping keeps its first
     * reason. Called with the lock.
     */
    void stop(SimTask task, TaskStopCode code, String reason) {
        if (task.toStop) {
            return;
        }
        wantStopped(task, code, reason);
        changed(task);
        if (task.launched) {
            stopContainers(task);
        } else if (!task.launching) {
            finish(task);
        }
    }

    /** Its host is gone, and with it everything that ran there; nobody is left to report exit codes. */
    void hostLost(SimTask task, TaskStopCode code, String reason) {
        wantStopped(task, code, reason);
        handles(task).forEach(handle -> world.outside(handle::kill));
        stopped(task);
    }

    private void wantStopped(SimTask task, TaskStopCode code, String reason) {
        if (!task.toStop) {
            task.toStop = true;
            task.stopCode = code;
            task.stoppedReason = reason;
            task.stoppingAt = world.now();
        }
    }

    private void stopContainers(SimTask task) {
        handles(task).forEach(handle -> world.outside(handle::stop));
    }

    private static Stream<RunningContainer> handles(SimTask task) {
        return task.containers.stream().map(SimContainer::handle).filter(Objects::nonNull);
    }

    private void finish(SimTask task) {
        task.containers.forEach(SimContainer::neverRan);
        if (task.hasOwnNetwork()) {
            change(task, SimTask.Status.DEPROVISIONING);
        }
        stopped(task);
    }

    private void stopped(SimTask task) {
        task.stoppedAt = world.now();
        change(task, SimTask.Status.STOPPED);
        task.cluster.stopped(task);
        SimInstance instance = task.instance();
        if (task.isFargate()) {
            world.fargateCpuInUse.merge(task.destination.target(), -task.needs.cpu(), Integer::sum);
        } else if (instance != null) {
            instance.release(task);
            if (instance.status() != SimInstance.Status.INACTIVE) {
                world.publish(instance, task.cluster);
                capacityChanged(task.cluster);
            }
        }
    }

    private void change(SimTask task, SimTask.Status status) {
        task.status = status;
        changed(task);
    }

    private void changed(SimTask task) {
        task.version++;
        world.publish(task);
    }
}
