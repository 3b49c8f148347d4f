package dev.spillway.local.cli;

import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.local.capacity.ClusterView;
import dev.spillway.local.cli.run.Records;
import dev.spillway.local.cloudwatch.CloudWatchSettings;
import dev.spillway.local.cloudwatch.SimulatedCloudWatch;
import dev.spillway.local.dashboard.Dashboard;
import dev.spillway.local.system.LocalSystem;
import dev.spillway.local.time.SimulatedTimeline;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A system whose driver does what the words in a message say: fail, wait, bad; everything else succeeds. */
public class FakeSystem implements LocalSystem {

    private final FakeSqs sqs = new FakeSqs(this::handle);
    private final List<Consumer<TaskRecord>> listeners = new CopyOnWriteArrayList<>();
    private boolean closed;

    private void handle(String messageId, String body) {
        if (body.contains("bad")) {
            sqs.deadLetter(messageId, "not JSON");
        } else if (body.contains("fail")) {
            write(Records.failed(messageId));
        } else if (body.contains("wait")) {
            write(Records.waiting(messageId));
        } else {
            write(Records.succeeded(messageId));
        }
    }

    /** Tells the listeners of a record. */
    public void write(TaskRecord record) {
        listeners.forEach(listener -> listener.accept(record));
    }

    @Override
    public FakeSqs sqs() {
        return sqs;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void onRecord(Consumer<TaskRecord> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public URI sqsEndpoint() {
        return URI.create("http://127.0.0.1:9324");
    }

    @Override
    public URI dynamoDbEndpoint() {
        return URI.create("http://127.0.0.1:8000");
    }

    @Override
    public String taskQueueUrl() {
        return "http://127.0.0.1:9324/000000000000/spillway-tasks";
    }

    @Override
    public String deadLetterQueueUrl() {
        return "http://127.0.0.1:9324/000000000000/spillway-dead-letters";
    }

    @Override
    public String tableName() {
        return "spillway-tasks";
    }

    @Override
    public ClusterView cluster() {
        SimulatedTimeline timeline = new SimulatedTimeline(Records.SENT, 1);
        SimulatedCloudWatch cloudWatch = new SimulatedCloudWatch(
                CloudWatchSettings.defaults(), timeline, event -> {}, action -> Optional.empty());
        return new ClusterView(
                Dashboard.of(List.of(), cloudWatch.client(), Records.SENT), List::of, List::of, Map.of());
    }

    @Override
    public Path logOf(String taskId) {
        return Path.of("logs", taskId + ".log");
    }

    @Override
    public TaskStore store() {
        throw new UnsupportedOperationException("the command line follows records, and does not read them");
    }

    @Override
    public TaskIndex index() {
        throw new UnsupportedOperationException("the command line follows records, and does not read them");
    }
}
