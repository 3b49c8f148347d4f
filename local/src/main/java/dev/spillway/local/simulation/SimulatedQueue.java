package dev.spillway.local.simulation;

import dev.spillway.local.sqs.QueueMetrics;
import dev.spillway.local.template.QueueResource;
import dev.spillway.local.time.Scheduled;
import dev.spillway.local.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * One standard queue: delay, visibility timeout, receive count and redrive (SQS developer guide). It hands messages out
 * in the order in which they became visible; a real one promises no order.
 */
final class SimulatedQueue {

    /** Received so often and not deleted, a message is left out of the queue's age. */
    private static final int POISONOUS = 3;

    private final QueueResource resource;
    private final Timeline timeline;
    private final Function<String, SimulatedQueue> queueByArn;
    private final Deque<Entry> visible = new ArrayDeque<>();
    private final Map<String, InFlight> inFlight = new LinkedHashMap<>();
    private Runnable onArrival = () -> {};
    private int delayed;

    /**
     * An empty queue.
     *
     * @param queueByArn finds the dead-letter queue
     */
    SimulatedQueue(QueueResource resource, Timeline timeline, Function<String, SimulatedQueue> queueByArn) {
        this.resource = resource;
        this.timeline = timeline;
        this.queueByArn = queueByArn;
    }

    private static final class Entry {
        private final String id;
        private final String body;
        private final Map<String, MessageAttributeValue> attributes;
        private final Instant sentAt;
        private Instant arrivedAt;
        private int received;
        private int receivedElsewhere;

        @Nullable
        private Instant firstReceivedAt;

        Entry(String id, String body, Map<String, MessageAttributeValue> attributes, Instant sentAt) {
            this.id = id;
            this.body = body;
            this.attributes = Map.copyOf(attributes);
            this.sentAt = sentAt;
            this.arrivedAt = sentAt;
        }

        Message receive(Instant now) {
            received++;
            if (firstReceivedAt == null) {
                firstReceivedAt = now;
            }
            return Message.builder()
                    .messageId(id)
                    .receiptHandle(id + "#" + received)
                    .body(body)
                    .messageAttributes(attributes)
                    .attributes(Map.of(
                            MessageSystemAttributeName.SENT_TIMESTAMP, Long.toString(sentAt.toEpochMilli()),
                            MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, Integer.toString(received),
                            MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP,
                                    Long.toString(firstReceivedAt.toEpochMilli())))
                    .build();
        }
    }

    /** A message that was received. */
    private record InFlight(Entry entry, Scheduled comeback) {}

    String arn() {
        return resource.arn();
    }

    String name() {
        return resource.name();
    }

    String logicalId() {
        return resource.logicalId();
    }

    /** Calls back when there is something to receive. */
    void onArrival(Runnable listener) {
        onArrival = listener;
    }

    /** Takes a message; it can be received after the delay. */
    void send(String id, String body, Map<String, MessageAttributeValue> attributes, Duration delay) {
        Entry entry = new Entry(id, body, attributes, timeline.now());
        if (delay.isPositive()) {
            delayed++;
            timeline.schedule(delay, () -> {
                delayed--;
                arrive(entry);
            });
        } else {
            arrive(entry);
        }
    }

    /** What was received in vain too often elsewhere begins a new age here. */
    private void redriven(Entry entry) {
        entry.arrivedAt = timeline.now();
        entry.receivedElsewhere = entry.received;
        arrive(entry);
    }

    private void arrive(Entry entry) {
        visible.add(entry);
        onArrival.run();
    }

    /** Messages that could be received now. */
    int visible() {
        return visible.size();
    }

    /** Whether there is no message left, be it visible, delayed or in flight. */
    boolean isEmpty() {
        return visible.isEmpty() && delayed == 0 && inFlight.isEmpty();
    }

    /** How much there is, and how old it is (SQS developer guide, "Available CloudWatch metrics for Amazon SQS"). */
    QueueMetrics.Depth depth() {
        Optional<Duration> oldest = Stream.concat(
                        visible.stream(), inFlight.values().stream().map(InFlight::entry))
                .filter(entry -> entry.received - entry.receivedElsewhere < POISONOUS)
                .map(entry -> Duration.between(entry.arrivedAt, timeline.now()))
                .max(Comparator.naturalOrder());
        return new QueueMetrics.Depth(visible(), oldest);
    }

    /** The bodies and attributes of what could be received now. */
    List<Message> peek() {
        return visible.stream()
                .map(entry -> Message.builder()
                        .messageId(entry.id)
                        .body(entry.body)
                        .messageAttributes(entry.attributes)
                        .build())
                .toList();
    }

    /** Receives at most that many; each is hidden for the visibility timeout, unless it is deleted before. */
    List<Message> receive(int most) {
        List<Message> received = new ArrayList<>();
        while (received.size() < most && !visible.isEmpty()) {
            Entry entry = visible.remove();
            if (isTooOld(entry)) {
                continue;
            }
            Optional<QueueResource.Redrive> exceeded =
                    resource.redrive().filter(redrive -> entry.received >= redrive.maxReceiveCount());
            if (exceeded.isPresent()) {
                queueByArn.apply(exceeded.get().deadLetterQueueArn()).redriven(entry);
                continue;
            }
            received.add(entry.receive(timeline.now()));
            Scheduled comeback = timeline.schedule(resource.visibilityTimeout(), () -> {
                inFlight.remove(entry.id);
                arrive(entry);
            });
            inFlight.put(entry.id, new InFlight(entry, comeback));
        }
        return received;
    }

    private boolean isTooOld(Entry entry) {
        return !timeline.now().isBefore(entry.sentAt.plus(resource.retention()));
    }

    /** Deletes a message that is in flight. */
    void delete(String id) {
        InFlight received = inFlight.remove(id);
        if (received != null) {
            received.comeback().cancel();
        }
    }
}
