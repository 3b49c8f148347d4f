package dev.spillway.local.ecs;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One cluster: its instances, its tasks and the ways to find them. Guarded by the lock of its {@link EcsWorld}. No
 * look-up walks over tasks that are gone: stopped tasks leave after one hour, as on ECS.
 */
final class ClusterState {

    /** How long a stopped task can still be described (aws/containers-roadmap#1246). */
    static final Duration STOPPED_TASKS_STAY = Duration.ofHours(1);

    private final String name;
    private final String arn;
    private final Set<String> capacityProviders;
    private final Map<String, SimInstance> instances = new LinkedHashMap<>();
    private final Map<String, SimTask> live = new LinkedHashMap<>();
    private final Map<String, SimTask> stopped = new LinkedHashMap<>();
    private final Map<String, Set<SimTask>> liveByStartedBy = new HashMap<>();
    private final Set<SimTask> provisioning = new LinkedHashSet<>();
    private final ClientTokens tokens = new ClientTokens();

    ClusterState(String name, String arn, Set<String> capacityProviders) {
        this.name = name;
        this.arn = arn;
        this.capacityProviders = Set.copyOf(capacityProviders);
    }

    /** Whether a strategy of a task may name the capacity provider. */
    boolean hasCapacityProvider(String provider) {
        return capacityProviders.contains(provider);
    }

    /** The capacity provider of an Auto Scaling group, if the cluster has one for it. */
    Optional<CapacityProvider> providerOf(String groupName, Collection<CapacityProvider> all) {
        return all.stream()
                .filter(provider -> provider.groupName().equals(groupName))
                .filter(provider -> capacityProviders.contains(provider.name()))
                .findFirst();
    }

    /** The tasks that wait for room on the instances of a capacity provider, oldest first. */
    Set<SimTask> provisioning() {
        return provisioning;
    }

    String name() {
        return name;
    }

    String arn() {
        return arn;
    }

    ClientTokens tokens() {
        return tokens;
    }

    Collection<SimInstance> instances() {
        return Collections.unmodifiableCollection(instances.values());
    }

    /** By ARN or by its last part. */
    Optional<SimInstance> instance(String reference) {
        SimInstance byArn = instances.get(reference);
        return Optional.ofNullable(byArn == null ? instances.get(prefix("container-instance") + reference) : byArn);
    }

    void add(SimInstance instance) {
        instances.put(instance.arn(), instance);
    }

    void remove(SimInstance instance) {
        instances.remove(instance.arn());
    }

    void add(SimTask task) {
        live.put(task.arn, task);
        String startedBy = task.launch.startedBy();
        if (startedBy != null) {
            liveByStartedBy
                    .computeIfAbsent(startedBy, starter -> new LinkedHashSet<>())
                    .add(task);
        }
    }

    void stopped(SimTask task) {
        live.remove(task.arn);
        provisioning.remove(task);
        stopped.put(task.arn, task);
        if (task.stoppedAt != null) {
            forgetStopped(task.stoppedAt);
        }
        String startedBy = task.launch.startedBy();
        if (startedBy != null) {
            liveByStartedBy.computeIfPresent(startedBy, (starter, tasks) -> {
                tasks.remove(task);
                return tasks.isEmpty() ? null : tasks;
            });
        }
    }

    /** By ARN or by its last part; a task that stopped more than an hour ago is not found. */
    Optional<SimTask> task(String reference, Instant now) {
        forgetStopped(now);
        @Nullable SimTask found = byArn(reference);
        return Optional.ofNullable(found == null ? byArn(prefix("task") + reference) : found);
    }

    private @Nullable SimTask byArn(String taskArn) {
        SimTask running = live.get(taskArn);
        return running == null ? stopped.get(taskArn) : running;
    }

    Collection<SimTask> liveTasks() {
        return Collections.unmodifiableCollection(live.values());
    }

    Collection<SimTask> stoppedTasks(Instant now) {
        forgetStopped(now);
        return Collections.unmodifiableCollection(stopped.values());
    }

    Collection<SimTask> liveTasksStartedBy(String startedBy) {
        return Collections.unmodifiableCollection(liveByStartedBy.getOrDefault(startedBy, Set.of()));
    }

    private void forgetStopped(Instant now) {
        Iterator<SimTask> oldestFirst = stopped.values().iterator();
        while (oldestFirst.hasNext()) {
            Instant stoppedAt = oldestFirst.next().stoppedAt;
            if (stoppedAt == null || now.isBefore(stoppedAt.plus(STOPPED_TASKS_STAY))) {
                return;
            }
            oldestFirst.remove();
        }
    }

    private String prefix(String resource) {
        return arn.replace(":cluster/" + name, ":" + resource + "/" + name + "/");
    }
}
