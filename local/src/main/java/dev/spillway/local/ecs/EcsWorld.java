package dev.spillway.local.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.runtime.ContainerRuntime;
import dev.spillway.local.service.StateLock;
import dev.spillway.local.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state that the operations share. One lock guards all of it and is held for microseconds: whatever may take time
 * (starting and stopping containers, delivering events) is scheduled and runs outside of it.
 */
final class EcsWorld {

    final StateLock lock = new StateLock();
    final EcsSettings settings;
    final Timeline timeline;
    final ContainerRuntime runtime;
    final TaskDefinitions definitions;
    final Ids ids;
    final Random random;
    final Map<String, ClusterState> clusters = new LinkedHashMap<>();
    final Map<String, CapacityProvider> capacityProviders = new LinkedHashMap<>();
    final Map<Launch.Target, Integer> fargateCpuInUse = new EnumMap<>(Launch.Target.class);
    final Set<Launch.Target> fargateUnavailable = EnumSet.noneOf(Launch.Target.class);

    @Nullable
    String provisioningFailure;

    private final EcsEvents events;
    private final EventSink sink;
    private long sequence;

    EcsWorld(EcsSettings settings, Timeline timeline, ContainerRuntime runtime, EventSink sink) {
        this.settings = settings;
        this.timeline = timeline;
        this.runtime = runtime;
        this.sink = sink;
        this.definitions = new TaskDefinitions(settings);
        this.ids = new Ids(settings.seed());
        this.random = new Random(settings.seed());
        this.events = new EcsEvents(settings, ids);
    }

    /** Now, in milliseconds as ECS tells time. */
    Instant now() {
        return timeline.now().truncatedTo(ChronoUnit.MILLIS);
    }

    long nextSequence() {
        return sequence++;
    }

    /** Runs something that may take time, without the lock, as soon as possible. */
    void outside(Runnable action) {
        timeline.schedule(Duration.ZERO, action);
    }

    /** The task has changed: tells the world, and its instance. */
    void publish(SimTask task) {
        deliver(events.taskStateChange(task, now()));
        SimInstance instance = task.instance();
        if (instance != null) {
            instance.changed();
        }
    }

    void publish(SimInstance instance, ClusterState cluster) {
        deliver(events.containerInstanceStateChange(instance, cluster, now()));
    }

    void publishInterruption(SimInstance instance) {
        deliver(events.spotInterruptionWarning(instance, now()));
    }

    private void deliver(ObjectNode event) {
        outside(() -> sink.put(event));
    }

    /** By name or ARN; no name means the cluster {@code default}. */
    ClusterState cluster(@Nullable String reference) {
        String name = Optional.ofNullable(reference).orElse("default");
        String prefix = settings.arn("ecs", "cluster/");
        ClusterState cluster = clusters.get(name.startsWith(prefix) ? name.substring(prefix.length()) : name);
        if (cluster == null) {
            throw EcsErrors.clusterNotFound();
        }
        return cluster;
    }
}
