package dev.spillway.local.cli.up;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.cli.text.PlainText;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** One line for each change of a task's status, and none for a record that was only written again. */
public final class StatusLines {

    /** A system stays up for days; what was said about its oldest tasks may be forgotten. */
    private static final int REMEMBERED = 10_000;

    private final ZoneId zone;
    private final SequencedMap<String, Said> said = new LinkedHashMap<>();

    private record Said(TaskStatus status, @Nullable CapacityType capacityType, int attempt, long version) {}

    /**
     * @param zone in which the person reads times of day
     */
    public StatusLines(ZoneId zone) {
        this.zone = zone;
    }

    /** The line for the record, if it has news. */
    public synchronized Optional<String> of(TaskRecord record) {
        String id = record.taskId().value();
        Said now = new Said(record.status(), record.capacityType(), record.attempt(), record.version());
        Said before = said.get(id);
        boolean stale = before != null && before.version >= now.version;
        if (stale) {
            return Optional.empty();
        }
        said.putLast(id, now);
        if (said.size() > REMEMBERED) {
            said.pollFirstEntry();
        }
        boolean same = before != null
                && before.status == now.status
                && before.capacityType == now.capacityType
                && before.attempt == now.attempt;
        return same ? Optional.empty() : Optional.of(line(record));
    }

    private String line(TaskRecord record) {
        LocalTime at = LocalTime.ofInstant(record.updatedAt(), zone).truncatedTo(ChronoUnit.SECONDS);
        StringBuilder line = new StringBuilder()
                .append(String.format("%tT", at))
                .append("  ")
                .append(record.taskId())
                .append("  ")
                .append(record.status());
        if (record.capacityType() != null && record.taskArn() != null) {
            line.append(" on ").append(record.capacityType());
        }
        if (record.exitCode() != null) {
            line.append(", exit code ").append(record.exitCode());
        }
        boolean why = record.status() == TaskStatus.WAITING
                || (record.status().isEnd() && record.status() != TaskStatus.SUCCEEDED);
        if (why && record.reason() != null) {
            line.append(": ").append(PlainText.line(record.reason()));
        }
        return line.toString();
    }
}
