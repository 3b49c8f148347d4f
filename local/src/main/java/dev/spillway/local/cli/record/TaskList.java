package dev.spillway.local.cli.record;

import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskIndex.Summary;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.cli.text.PlainText;
import dev.spillway.local.cli.text.TextTable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tasks as a table, the last updated first. */
public final class TaskList {

    private static final List<String> HEADER = List.of("Task", "Status", "Capacity type", "Updated", "Reason");
    private static final String NOTHING = "–";
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter EARLIER = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private TaskList() {}

    /**
     * The tasks of any of the statuses that were updated last.
     *
     * @param limit 1 to 1,000
     */
    public static List<Summary> newest(TaskIndex index, Collection<TaskStatus> statuses, int limit) {
        // A task that goes from one status to another between two questions is in both answers.
        Set<TaskId> seen = new HashSet<>();
        return statuses.stream()
                .flatMap(status -> index.withStatus(status, limit).stream())
                .sorted(Comparator.comparing(Summary::updatedAt).reversed().thenComparing(Summary::taskId))
                .filter(task -> seen.add(task.taskId()))
                .limit(limit)
                .toList();
    }

    /**
     * The table.
     *
     * @param zone in which the person reads times; today's are shown without the date
     * @param width columns of the terminal
     */
    public static List<String> lines(List<Summary> tasks, Instant now, ZoneId zone, int width) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        return new TextTable(
                        HEADER,
                        tasks.stream().map(task -> cells(task, today, zone)).toList())
                .lines(width);
    }

    private static List<String> cells(Summary task, LocalDate today, ZoneId zone) {
        LocalDateTime updated = LocalDateTime.ofInstant(task.updatedAt(), zone);
        boolean explained = task.status() != TaskStatus.SUCCEEDED && task.reason() != null;
        return List.of(
                task.taskId().value(),
                task.status().name(),
                task.capacityType() == null ? NOTHING : task.capacityType().name(),
                updated.format(updated.toLocalDate().equals(today) ? TODAY : EARLIER),
                explained ? PlainText.line(String.valueOf(task.reason())) : "");
    }
}
