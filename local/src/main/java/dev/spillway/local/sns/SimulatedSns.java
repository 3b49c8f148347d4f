package dev.spillway.local.sns;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.time.Timeline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Topics and their subscribers. A subscriber gets each message as a Lambda function would (Lambda developer guide, "Using
 * Lambda with Amazon SNS"), by itself and later than the call that published it. What it throws is its own affair: a
 * function is invoked asynchronously, and tried again by Lambda. Safe for use by many threads.
 */
public final class SimulatedSns {

    private static final String NOT_SIGNED = "not signed: this is a simulation";

    private final Timeline timeline;
    private final Map<String, List<Consumer<ObjectNode>>> topics = new ConcurrentHashMap<>();
    private final AtomicLong messages = new AtomicLong();

    /** An account without topics. */
    public SimulatedSns(Timeline timeline) {
        this.timeline = timeline;
    }

    /** Makes a topic; harmless when it is there. */
    public void createTopic(String topicArn) {
        topics.computeIfAbsent(topicArn, missing -> new CopyOnWriteArrayList<>());
    }

    public boolean hasTopic(String topicArn) {
        return topics.containsKey(topicArn);
    }

    /**
     * Adds a subscriber, who gets the messages that come after.
     *
     * @throws NoSuchElementException if there is no such topic
     */
    public void subscribe(String topicArn, Consumer<ObjectNode> subscriber) {
        subscribers(topicArn).add(subscriber);
    }

    /**
     * Sends a message to every subscriber.
     *
     * @throws NoSuchElementException if there is no such topic
     */
    public void publish(String topicArn, String subject, String message) {
        List<Consumer<ObjectNode>> subscribers = subscribers(topicArn);
        String id = uuid(topicArn + " " + messages.incrementAndGet());
        for (int i = 0; i < subscribers.size(); i++) {
            Consumer<ObjectNode> subscriber = subscribers.get(i);
            ObjectNode event = event(topicArn, uuid(topicArn + " subscription " + i), id, subject, message);
            timeline.schedule(Duration.ZERO, () -> subscriber.accept(event));
        }
    }

    private List<Consumer<ObjectNode>> subscribers(String topicArn) {
        List<Consumer<ObjectNode>> subscribers = topics.get(topicArn);
        if (subscribers == null) {
            throw new NoSuchElementException("there is no topic " + topicArn);
        }
        return subscribers;
    }

    private ObjectNode event(String topicArn, String subscription, String id, String subject, String message) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        ObjectNode record = event.putArray("Records").addObject();
        record.put("EventSource", "aws:sns");
        record.put("EventVersion", "1.0");
        record.put("EventSubscriptionArn", topicArn + ":" + subscription);
        ObjectNode sns = record.putObject("Sns");
        sns.put("Type", "Notification");
        sns.put("MessageId", id);
        sns.put("TopicArn", topicArn);
        sns.put("Subject", subject);
        sns.put("Message", message);
        sns.put("Timestamp", timeline.now().truncatedTo(ChronoUnit.MILLIS).toString());
        sns.put("SignatureVersion", "1");
        sns.put("Signature", NOT_SIGNED);
        sns.put("SigningCertUrl", NOT_SIGNED);
        sns.put("UnsubscribeUrl", NOT_SIGNED);
        sns.putObject("MessageAttributes");
        return event;
    }

    /** The same history gives the same ids. */
    private static String uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
