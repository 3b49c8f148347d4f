package dev.spillway.local.cli.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/**
 * Sends lines as messages, exactly as they are. What becomes of each is told as a {@link RunEvent}, on any thread: no
 * line is ever dropped without a word.
 */
final class Sender implements AutoCloseable {

    private static final int AT_A_TIME = 4;

    private final SqsClient sqs;
    private final String queueUrl;
    private final Consumer<RunEvent> events;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Sender(SqsClient sqs, String queueUrl, Consumer<RunEvent> events) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.events = events;
    }

    /** Begins to send, and returns at once. {@link RunEvent.SendingEnded} comes last. */
    void start(List<Line> lines) {
        Queue<List<Line>> left = new ConcurrentLinkedQueue<>(Batches.of(lines));
        threads.execute(() -> {
            try (ExecutorService senders =
                    Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
                for (int i = 0; i < AT_A_TIME; i++) {
                    senders.execute(() -> sendFrom(left));
                }
            }
            events.accept(new RunEvent.SendingEnded());
        });
    }

    /** Sends no further batch. */
    @Override
    public void close() {
        stopped.set(true);
        threads.close();
    }

    private void sendFrom(Queue<List<Line>> left) {
        for (List<Line> batch = left.poll(); batch != null && !stopped.get(); batch = left.poll()) {
            send(batch);
        }
    }

    private void send(List<Line> batch) {
        try {
            SendMessageBatchResponse response =
                    sqs.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries(batch)));
            Map<String, Line> byNumber = new HashMap<>();
            batch.forEach(line -> byNumber.put(String.valueOf(line.number()), line));
            response.successful().forEach(sent -> {
                Line line = byNumber.remove(sent.id());
                if (line != null) {
                    events.accept(new RunEvent.Sent(line, sent.messageId()));
                }
            });
            response.failed().forEach(failure -> {
                Line line = byNumber.remove(failure.id());
                if (line != null) {
                    events.accept(new RunEvent.Refused(line, "SQS does not take this message: " + failure.message()));
                }
            });
            byNumber.values().forEach(line -> events.accept(new RunEvent.Refused(line, "SQS did not answer for it")));
        } catch (SdkException e) {
            afterFailure(batch, e);
        }
    }

    /** One message that SQS does not like can spoil its whole batch: the others are sent without it. */
    private void afterFailure(List<Line> batch, SdkException failure) {
        if (batch.size() == 1) {
            events.accept(
                    new RunEvent.Refused(batch.getFirst(), "SQS does not take this message: " + failure.getMessage()));
            return;
        }
        for (Line line : batch) {
            if (!stopped.get()) {
                send(List.of(line));
            }
        }
    }

    private static List<SendMessageBatchRequestEntry> entries(List<Line> batch) {
        return batch.stream()
                .map(line -> SendMessageBatchRequestEntry.builder()
                        .id(String.valueOf(line.number()))
                        .messageBody(line.body())
                        .build())
                .toList();
    }
}
