package dev.spillway.local.ec2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.ecs.EventSink;
import dev.spillway.local.ecs.Ids;
import dev.spillway.local.eventbridge.Envelope;
import dev.spillway.local.service.StateLock;
import dev.spillway.local.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The state that the operations share. One lock guards all of it; events are delivered, and listeners hear, without it.
 */
final class Ec2World {

    /** Beside the ids of a simulated ECS of the same seed, which would be the same digits. */
    private static final long SEED_OF_IDS = 0xEC2;

    final StateLock lock = new StateLock();
    final Ec2Settings settings;
    final Timeline timeline;
    final Ids ids;
    final Random random;
    final Ec2Events events;
    final List<Ec2Instance> all = new ArrayList<>();
    final Map<String, Ec2Instance> live = new LinkedHashMap<>();

    private final EventSink sink;

    Ec2World(Ec2Settings settings, Timeline timeline, EventSink sink) {
        this.settings = settings;
        this.timeline = timeline;
        this.sink = sink;
        this.ids = new Ids(settings.seed() ^ SEED_OF_IDS);
        this.random = new Random(settings.seed());
        this.events = new Ec2Events(new Envelope(settings.region(), settings.account()), ids);
    }

    Instant now() {
        return timeline.now().truncatedTo(ChronoUnit.MILLIS);
    }

    void publish(ObjectNode event) {
        timeline.schedule(Duration.ZERO, () -> sink.put(event));
    }
}
