package dev.spillway.local.stream;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One shard of a stream with its event source mapping: batches go to the function one after the other, in the order of
 * the writes (Lambda developer guide, "Using Lambda with Amazon DynamoDB"). A batch that fails comes again from its first
 * failed record; where Lambda would wait and try again many times, here it is tried three times and then logged.
 */
public final class TableStream implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TableStream.class);
    private static final int TRIES = 3;

    private final String streamArn;
    private final int batchSize;
    private final Function<DynamodbEvent, StreamsEventResponse> function;
    private final BlockingQueue<DynamodbStreamRecord> records = new LinkedBlockingQueue<>();
    private final Thread reader;
    private long sequence;
    private volatile boolean closed;

    private TableStream(String streamArn, int batchSize, Function<DynamodbEvent, StreamsEventResponse> function) {
        this.streamArn = streamArn;
        this.batchSize = batchSize;
        this.function = function;
        this.reader = Thread.ofVirtual().name("stream").unstarted(this::read);
    }

    /** Starts to give the function what is written. */
    public static TableStream start(
            String streamArn, int batchSize, Function<DynamodbEvent, StreamsEventResponse> function) {
        TableStream stream = new TableStream(streamArn, batchSize, function);
        stream.reader.start();
        return stream;
    }

    /** An item was put. */
    public synchronized void written(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        records.add(StreamRecords.of(streamArn, ++sequence, before, after));
    }

    private void read() {
        List<DynamodbStreamRecord> batch = new ArrayList<>();
        try {
            while (!closed || !records.isEmpty()) {
                batch.add(records.take());
                records.drainTo(batch, batchSize - 1);
                give(batch);
                batch.clear();
            }
        } catch (InterruptedException stopped) {
            records.drainTo(batch);
            if (!batch.isEmpty()) {
                give(batch);
            }
        }
    }

    private void give(List<DynamodbStreamRecord> batch) {
        List<DynamodbStreamRecord> left = List.copyOf(batch);
        for (int attempt = 1; !left.isEmpty() && attempt <= TRIES; attempt++) {
            left = failedOf(left);
        }
        if (!left.isEmpty()) {
            LOG.error("{} changes of tasks were not announced", left.size());
        }
    }

    private List<DynamodbStreamRecord> failedOf(List<DynamodbStreamRecord> batch) {
        DynamodbEvent event = new DynamodbEvent();
        event.setRecords(batch);
        try {
            List<StreamsEventResponse.BatchItemFailure> failures =
                    function.apply(event).getBatchItemFailures();
            if (failures.isEmpty()) {
                return List.of();
            }
            String first = failures.getFirst().getItemIdentifier();
            return batch.stream()
                    .dropWhile(
                            record -> !record.getDynamodb().getSequenceNumber().equals(first))
                    .toList();
        } catch (RuntimeException failure) {
            LOG.warn("a batch of the stream failed", failure);
            return batch;
        }
    }

    /** Gives the function what is written so far, and ends. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        reader.interrupt();
        reader.join();
    }
}
