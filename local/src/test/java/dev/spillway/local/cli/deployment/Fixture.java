package dev.spillway.local.cli.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.spillway.common.store.InMemoryTaskStore;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.local.cli.run.Records;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A deployment in memory, in which something happens whenever a command waits. Its time passes only then. */
final class Fixture extends Clock implements Pause {

    static final TaskId TASK = new TaskId("a");

    final InMemoryTaskStore store = new InMemoryTaskStore();
    final List<String> sent = new ArrayList<>();
    final Deque<Runnable> happenings = new ArrayDeque<>();
    private final Map<String, StringBuilder> logs = new HashMap<>();
    private Instant now = Records.SENT;

    Deployment deployment() {
        return new Deployment(store, store, sent::add, (task, run) -> tail(run), () -> {});
    }

    /** Writes the record, whatever there was before. */
    void write(TaskRecord record) {
        TaskRecord current = store.find(record.taskId()).orElse(null);
        if (current == null) {
            store.create(record);
        } else {
            store.update(record.toBuilder().version(current.version()).build());
        }
    }

    /** A run writes. */
    void log(String run, String text) {
        logs.computeIfAbsent(run, none -> new StringBuilder()).append(text);
    }

    private LogTail tail(String run) {
        int[] copied = {0};
        return out -> {
            StringBuilder log = logs.get(run);
            if (log == null) {
                return false;
            }
            out.write(log.substring(copied[0]).getBytes(UTF_8));
            copied[0] = log.length();
            return true;
        };
    }

    @Override
    public boolean pause(Duration atMost) {
        now = now.plus(atMost);
        Runnable next = happenings.poll();
        if (next != null) {
            next.run();
        }
        return false;
    }

    Duration passed() {
        return Duration.between(Records.SENT, now);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
