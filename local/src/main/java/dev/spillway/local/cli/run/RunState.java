package dev.spillway.local.cli.run;

import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a run knows. Events may come in any order: a record before the answer that says which line it belongs to, an
 * older record after a newer one. For one thread.
 */
final class RunState {

    /** What SQS says of a message that came to the dead-letter queue by itself. */
    private static final String GIVEN_UP = "the driver could not finish this message, and SQS gave up on it";

    private final List<Line> lines;
    private final Map<Integer, String> messageIds = new HashMap<>();
    private final Map<Integer, String> taskIds = new HashMap<>();
    private final Map<Integer, String> refused = new HashMap<>();
    private final Map<String, RunEvent.DeadLettered> deadLetters = new HashMap<>();
    private final Map<String, Line> linesByMessage = new HashMap<>();
    private final Map<String, Integer> firstLines = new HashMap<>();
    private final Map<String, TaskRecord> records = new LinkedHashMap<>();
    private final Set<String> toldOf = new HashSet<>();
    private List<Row> news = new ArrayList<>();
    private boolean sendingEnded;
    private boolean stopped;
    private Instant lastChange;

    RunState(List<Line> lines, Instant now) {
        this.lines = lines;
        this.lastChange = now;
    }

    void apply(RunEvent event, Instant now) {
        if (isNews(event)) {
            lastChange = now;
        }
        switch (event) {
            case RunEvent.Sent sent -> sent(sent.line(), sent.messageId());
            case RunEvent.Refused refusal -> {
                refused.put(refusal.line().number(), refusal.reason());
                tell(Row.rejected(refusal.line(), null, refusal.reason()));
            }
            case RunEvent.SendingEnded ignored -> sendingEnded = true;
            case RunEvent.Recorded recorded -> recorded(recorded.record());
            case RunEvent.DeadLettered letter -> deadLettered(letter);
            case RunEvent.Stopped ignored -> stopped = true;
        }
    }

    /** The sweep may start a task that fits nowhere each minute, in vain: that it tries is no sign that the task moves. */
    private boolean isNews(RunEvent event) {
        if (!(event instanceof RunEvent.Recorded recorded)) {
            return true;
        }
        TaskRecord record = recorded.record();
        TaskRecord known = records.get(record.taskId().value());
        return known == null || !seeksPlace(known) || !seeksPlace(record) || known.attempt() != record.attempt();
    }

    private static boolean seeksPlace(TaskRecord record) {
        return record.status() == TaskStatus.WAITING || record.status() == TaskStatus.LAUNCHING;
    }

    private void sent(Line line, String messageId) {
        String taskId = LineTask.idOf(line.body(), messageId);
        messageIds.put(line.number(), messageId);
        taskIds.put(line.number(), taskId);
        linesByMessage.put(messageId, line);
        firstLines.merge(taskId, line.number(), Math::min);
        RunEvent.DeadLettered early = deadLetters.get(messageId);
        if (early != null) {
            deadLettered(early);
        }
    }

    private void recorded(TaskRecord record) {
        String id = record.taskId().value();
        TaskRecord known = records.get(id);
        if (known != null && known.version() >= record.version()) {
            return;
        }
        records.put(id, record);
        boolean failed = record.status().isEnd() && record.status() != TaskStatus.SUCCEEDED;
        // A rejected line is told of by its dead letter, which knows which line it was.
        if (failed && record.status() != TaskStatus.REJECTED) {
            tell(Row.of(record, firstLines.get(id)));
        }
    }

    private void deadLettered(RunEvent.DeadLettered letter) {
        deadLetters.put(letter.messageId(), letter);
        Line line = linesByMessage.get(letter.messageId());
        String reason = line == null ? null : rejection(line);
        if (line != null && reason != null) {
            tell(Row.rejected(line, taskIdShown(line), reason));
        }
    }

    private void tell(Row row) {
        if (toldOf.add(row.state() == Row.State.REJECTED ? "line " + row.line() : row.name())) {
            news.add(row);
        }
    }

    /** Ends other than success since the last call. */
    List<Row> takeNews() {
        List<Row> taken = news;
        news = new ArrayList<>();
        return taken;
    }

    /** Why the line was rejected; null if it was not, as far as is known. */
    private @Nullable String rejection(Line line) {
        String refusal = refused.get(line.number());
        if (refusal != null) {
            return refusal;
        }
        RunEvent.DeadLettered letter = deadLetters.get(messageIds.getOrDefault(line.number(), ""));
        if (letter == null || letter.reason() != null) {
            return letter == null ? null : letter.reason();
        }
        // SQS can give up on a message whose task was claimed before; then the record tells the end.
        return records.containsKey(taskIds.get(line.number())) ? null : GIVEN_UP;
    }

    private @Nullable String taskIdShown(Line line) {
        String taskId = taskIds.get(line.number());
        // The id of an SQS message means nothing to a person, unless a record has it.
        boolean own = taskId != null && !taskId.equals(messageIds.get(line.number()));
        return own || records.containsKey(taskId) ? taskId : null;
    }

    /** Every task once, and every line that did not become one, in the order of the file. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>(lines.size());
        Set<String> shown = new HashSet<>();
        for (Line line : lines) {
            String taskId = taskIds.get(line.number());
            TaskRecord record = taskId == null ? null : records.get(taskId);
            String rejection = rejection(line);
            boolean ownsRecord = record != null && (rejection == null || record.status() == TaskStatus.REJECTED);
            if (record != null && ownsRecord && shown.add(record.taskId().value())) {
                Row row = Row.of(record, line.number());
                rows.add(rejection == null ? row : new Row(line.number(), taskId, row.state(), record, rejection));
            } else if (rejection != null) {
                rows.add(Row.rejected(line, taskIdShown(line), rejection));
            } else if (record == null && (taskId == null || shown.add(taskId))) {
                Row.State state = taskId == null ? Row.State.NOT_SENT : Row.State.SENT;
                rows.add(new Row(line.number(), taskIdShown(line), state, null, null));
            }
        }
        records.values().stream()
                .filter(record -> !shown.contains(record.taskId().value()))
                .map(record -> Row.of(record, null))
                .forEach(rows::add);
        return rows;
    }

    Tally tally() {
        return Tally.of(lines.size(), rows());
    }

    /** The last instant for which something is known to be planned, or at which something happened. */
    Instant lastChange() {
        return records.values().stream()
                .filter(record -> record.status() == TaskStatus.WAITING)
                .map(TaskRecord::notBefore)
                .filter(Objects::nonNull)
                .reduce(lastChange, (a, b) -> a.isAfter(b) ? a : b);
    }

    boolean isSendingEnded() {
        return sendingEnded;
    }

    boolean isStopped() {
        return stopped;
    }
}
