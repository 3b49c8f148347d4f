package dev.spillway.local.eventsource;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Polls a queue and invokes a function with what it receives, as Lambda's event source mapping does (Lambda developer
 * guide, "Using Lambda with Amazon SQS"). A message is deleted when the function has dealt with it, and is otherwise
 * left to its visibility timeout and the queue's redrive policy.
 *
 * <p>A poller takes the right to invoke before it receives, so that no message is hidden from others while it only
 * waits for its turn.
 */
public final class SqsEventSourceMapping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SqsEventSourceMapping.class);

    /** Lambda begins with five pollers. */
    private static final int POLLERS = 5;

    private static final int RECEIVE_LIMIT = 10;
    private static final Duration LONGEST_POLL = Duration.ofSeconds(20);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final Mapping mapping;
    private final SqsClient sqs;
    private final BatchFunction function;
    private final MessageFilter filter;
    private final Consumer<List<String>> deleted;
    private final Clock clock;
    private final Semaphore invocations;
    private final ExecutorService pollers = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();

    private SqsEventSourceMapping(
            Mapping mapping,
            SqsClient sqs,
            BatchFunction function,
            MessageFilter filter,
            Consumer<List<String>> deleted,
            Clock clock) {
        this.mapping = mapping;
        this.sqs = sqs;
        this.function = function;
        this.filter = filter;
        this.deleted = deleted;
        this.clock = clock;
        invocations = new Semaphore(mapping.maximumConcurrency());
    }

    /**
     * Starts to poll.
     *
     * @param sqs a client that allows answers to take 20 s, the length of a long poll
     * @param filter messages that it does not accept are logged and left in the queue, so that they end in the
     *     dead-letter queue without having run
     * @param deleted told the ids of messages that are gone
     * @param clock measures the batching window
     */
    public static SqsEventSourceMapping start(
            Mapping mapping,
            SqsClient sqs,
            BatchFunction function,
            MessageFilter filter,
            Consumer<List<String>> deleted,
            Clock clock) {
        SqsEventSourceMapping started = new SqsEventSourceMapping(mapping, sqs, function, filter, deleted, clock);
        for (int i = 0; i < Math.min(POLLERS, mapping.maximumConcurrency()); i++) {
            started.pollers.execute(started::poll);
        }
        return started;
    }

    /** Stops polling and returns when the invocations under way have ended and their messages are deleted. */
    @Override
    public void close() {
        pollers.shutdownNow();
        pollers.close();
        handlers.close();
    }

    private void poll() {
        while (!pollers.isShutdown()) {
            try {
                pollOnce();
            } catch (InterruptedException | AbortedException e) {
                return;
            } catch (RuntimeException e) {
                if (!pollers.isShutdown() && !pausedAfter(e)) {
                    return;
                }
            }
        }
    }

    private boolean pausedAfter(RuntimeException failure) {
        LOG.warn("Polling {} failed; trying again: {}", mapping.queueArn(), failure.toString());
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE_AFTER_FAILURE.toNanos());
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void pollOnce() throws InterruptedException {
        invocations.acquire();
        boolean handedOver = false;
        try {
            List<Message> batch = acceptable(collect());
            if (!batch.isEmpty()) {
                handlers.execute(() -> handleThenRelease(batch));
                handedOver = true;
            }
        } finally {
            if (!handedOver) {
                invocations.release();
            }
        }
    }

    /** One batch: it ends when it is full, or when the window that its first message opened has passed. */
    private List<Message> collect() {
        List<Message> batch = new ArrayList<>(receive(mapping.batchSize(), LONGEST_POLL));
        Instant windowEnd = clock.instant().plus(mapping.batchingWindow());
        while (!batch.isEmpty() && batch.size() < mapping.batchSize()) {
            Duration left = Duration.between(clock.instant(), windowEnd);
            if (!left.isPositive()) {
                break;
            }
            List<Message> more = receive(mapping.batchSize() - batch.size(), left);
            if (more.isEmpty() && left.compareTo(LONGEST_POLL) <= 0) {
                break;
            }
            batch.addAll(more);
        }
        return batch;
    }

    private List<Message> receive(int most, Duration wait) {
        long waitSeconds = Math.clamp(wait.plusMillis(999).toSeconds(), 0, LONGEST_POLL.toSeconds());
        return sqs.receiveMessage(receive -> receive.queueUrl(mapping.queueUrl())
                        .maxNumberOfMessages(Math.min(most, RECEIVE_LIMIT))
                        .waitTimeSeconds((int) waitSeconds)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                        .messageAttributeNames("All"))
                .messages();
    }

    private List<Message> acceptable(List<Message> messages) throws InterruptedException {
        List<Message> accepted = new ArrayList<>();
        for (Message message : messages) {
            if (filter.accepts(message.messageId())) {
                accepted.add(message);
            } else {
                LOG.warn(
                        "The message {} did not come in through the guarded port; it is not run.", message.messageId());
            }
        }
        return accepted;
    }

    private void handleThenRelease(List<Message> batch) {
        try {
            Map<String, Message> byId = new LinkedHashMap<>();
            batch.forEach(message -> byId.put(message.messageId(), message));
            Set<String> succeeded = invoke(byId);
            if (!succeeded.isEmpty()) {
                delete(byId.values().stream()
                        .filter(message -> succeeded.contains(message.messageId()))
                        .toList());
            }
        } catch (SdkException e) {
            LOG.warn("Deleting from {} failed; the messages will come again: {}", mapping.queueArn(), e.toString());
        } finally {
            invocations.release();
        }
    }

    private Set<String> invoke(Map<String, Message> batch) {
        try {
            SQSBatchResponse response =
                    function.invoke(SqsEvents.event(List.copyOf(batch.values()), mapping.queueArn(), mapping.region()));
            return BatchOutcome.succeeded(batch.keySet(), mapping.reportBatchItemFailures(), response);
        } catch (RuntimeException e) {
            LOG.warn("A batch of {} messages from {} failed and will come again.", batch.size(), mapping.queueArn(), e);
            return Set.of();
        }
    }

    private void delete(List<Message> messages) {
        for (int from = 0; from < messages.size(); from += RECEIVE_LIMIT) {
            List<Message> slice = messages.subList(from, Math.min(from + RECEIVE_LIMIT, messages.size()));
            DeleteMessageBatchResponse answer = sqs.deleteMessageBatch(delete -> delete.queueUrl(mapping.queueUrl())
                    .entries(slice.stream()
                            .map(message -> DeleteMessageBatchRequestEntry.builder()
                                    .id(message.messageId())
                                    .receiptHandle(message.receiptHandle())
                                    .build())
                            .toList()));
            deleted.accept(answer.successful().stream()
                    .map(DeleteMessageBatchResultEntry::id)
                    .toList());
        }
    }
}
