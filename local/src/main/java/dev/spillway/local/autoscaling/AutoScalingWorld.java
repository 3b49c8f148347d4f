package dev.spillway.local.autoscaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.ec2.SimulatedEc2;
import dev.spillway.local.ecs.EventSink;
import dev.spillway.local.ecs.Ids;
import dev.spillway.local.eventbridge.Envelope;
import dev.spillway.local.service.StateLock;
import dev.spillway.local.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state that the operations share. One lock guards all of it; EC2's is taken while this one is held, never the other
 * way around. Events are delivered without it.
 */
final class AutoScalingWorld {

    /** Beside the ids of other simulated services of the same seed, which would be the same digits. */
    private static final long SEED_OF_IDS = 0xA5;

    final StateLock lock = new StateLock();
    final AutoScalingSettings settings;
    final Timeline timeline;
    final SimulatedEc2 ec2;
    final Ids ids;
    final AutoScalingEvents events;
    final Map<String, GroupState> groups = new LinkedHashMap<>();
    final Map<String, StepPolicy> policies = new LinkedHashMap<>();
    final Map<String, TargetPolicy> targetPolicies = new LinkedHashMap<>();

    private final EventSink sink;
    private long sequence;

    AutoScalingWorld(AutoScalingSettings settings, Timeline timeline, SimulatedEc2 ec2, EventSink sink) {
        this.settings = settings;
        this.timeline = timeline;
        this.ec2 = ec2;
        this.sink = sink;
        this.ids = new Ids(settings.seed() ^ SEED_OF_IDS);
        this.events = new AutoScalingEvents(new Envelope(settings.region(), settings.account()), ids);
    }

    Instant now() {
        return timeline.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** "At" and now, as scaling activities tell it. */
    String at() {
        return "At " + timeline.now().truncatedTo(ChronoUnit.SECONDS) + " ";
    }

    long nextSequence() {
        return sequence++;
    }

    void publish(ObjectNode event) {
        timeline.schedule(Duration.ZERO, () -> sink.put(event));
    }

    GroupState group(@Nullable String name) {
        return Optional.ofNullable(groups.get(name))
                .orElseThrow(() -> AutoScalingErrors.groupNotFound(String.valueOf(name)));
    }
}
