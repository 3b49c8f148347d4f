package dev.spillway.local.cli.record;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.HistoryEntry;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.cli.text.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A record as a person reads it: facts first, then the history. */
public final class RecordText {

    private static final int LABEL_WIDTH = 20;
    private static final int STATUS_WIDTH = 10;

    private final List<String> lines = new ArrayList<>();
    private final TaskRecord record;
    private final Instant now;
    private final DateTimeFormatter time;

    private RecordText(TaskRecord record, Instant now, ZoneId zone) {
        this.record = record;
        this.now = now;
        this.time =
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    /**
     * The lines about one record.
     *
     * @param zone in which the person reads times
     */
    public static List<String> lines(TaskRecord record, Instant now, ZoneId zone) {
        RecordText text = new RecordText(record, now, zone);
        text.addState();
        text.addTimes();
        if (record.request() != null) {
            text.addRequest(record.request());
        }
        text.addHistory();
        return List.copyOf(text.lines);
    }

    private void addState() {
        add("Task", record.taskId());
        add("Status", record.status());
        add("Reason", record.reason());
        add("Capacity type", record.capacityType());
        add("Exit code", record.exitCode());
        add("Attempt", attempt());
        add("Launches", record.launch() == 0 ? null : record.launch());
        add("Lost runs", record.losses() == 0 ? null : record.losses());
        add("Failed starts", record.failedStarts() == 0 ? null : record.failedStarts());
        add(record.capacityType() == CapacityType.LAMBDA ? "Lambda request" : "ECS task", record.taskArn());
        add("Container instance", record.containerInstanceArn());
    }

    private @Nullable String attempt() {
        TaskRequest request = record.request();
        return request == null
                ? null
                : record.attempt() + " of " + request.retry().attempts();
    }

    private void addTimes() {
        add("Sent", time.format(record.createdAt()));
        add("Placed", record.placedAt() == null ? null : time.format(record.placedAt()));
        add("Started", record.startedAt() == null ? null : time.format(record.startedAt()));
        add("Ended", record.stoppedAt() == null ? null : time.format(record.stoppedAt()));
        add("Not before", record.notBefore() == null ? null : time.format(record.notBefore()));
        boolean waits = !record.status().isEnd() && !record.status().isOnCapacity();
        if (waits) {
            add("Waits for", PlainText.duration(Duration.between(record.waitingSince(), now)));
        } else {
            add("Waited", RecordTimes.waited(record).map(PlainText::duration).orElse(null));
        }
        if (record.status() == TaskStatus.RUNNING) {
            RecordTimes.began(record).ifPresent(at -> add("Runs for", PlainText.duration(Duration.between(at, now))));
        } else if (!waits) {
            add("Ran", RecordTimes.ran(record).map(PlainText::duration).orElse(null));
        }
    }

    private void addRequest(TaskRequest request) {
        if (request.container() != null) {
            addContainer(request.container());
        }
        add("Function", request.function() == null ? null : request.function().function());
        add("Fallback chain", request.capacity().stream().map(Enum::name).collect(Collectors.joining(", ")));
        add("Priority", request.priority() == 0 ? null : request.priority());
        add("Timeout", request.timeout());
        add("Wait deadline", request.waitDeadline());
    }

    private void addContainer(ContainerWork work) {
        add("Task definition", work.taskDefinition());
        add("Container", work.container());
        add("CPU units", work.cpu());
        add("Memory", work.memory() == null ? null : work.memory() + " MiB");
        if (!work.placement().equals(Placement.ANYWHERE)) {
            add("Placement", RequestJson.placement(work.placement()));
        }
        new TreeMap<>(work.tags()).forEach((name, value) -> add("Tag", name + "=" + value));
    }

    private void addHistory() {
        lines.add("");
        lines.add("History");
        for (HistoryEntry entry : record.history()) {
            String status = String.format(Locale.ROOT, "%-" + STATUS_WIDTH + "s", entry.status());
            lines.add("  " + time.format(entry.at()) + "  " + status + " " + PlainText.line(entry.what()));
        }
    }

    /** Leaves out what is not known. */
    private void add(String label, @Nullable Object value) {
        if (value != null) {
            lines.add(String.format(Locale.ROOT, "%-" + LABEL_WIDTH + "s%s", label, PlainText.line(value.toString())));
        }
    }
}
