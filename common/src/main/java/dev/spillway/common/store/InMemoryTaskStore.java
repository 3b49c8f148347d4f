package dev.spillway.common.store;

import dev.spillway.common.store.IndexRules.Due;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The records in the memory of this JVM, for simulations. It cuts and rounds what it stores as the table does, and
 * answers every question from an ordered set, so that a long simulation does not slow down with its past.
 *
 * <p>Safe for use by several threads. Unlike the table's, its indexes are never behind.
 */
public final class InMemoryTaskStore implements TaskStore, TaskIndex {

    private final Map<TaskId, TaskRecord> records = new HashMap<>();
    private final NavigableSet<Due> due = new TreeSet<>(IndexRules.BY_DUE);
    private final NavigableSet<Waiting> line = new TreeSet<>(IndexRules.IN_LINE);
    private final Map<TaskStatus, NavigableSet<Summary>> byStatus = new EnumMap<>(TaskStatus.class);
    private final NavigableSet<Expiry> expiring = new TreeSet<>(Expiry.SOONEST_FIRST);

    public InMemoryTaskStore() {
        for (TaskStatus status : TaskStatus.values()) {
            byStatus.put(status, new TreeSet<>(IndexRules.NEWEST_FIRST));
        }
    }

    @Override
    public synchronized Creation create(TaskRecord first) {
        TaskRecord intended = StoredForm.of(first, 1);
        TaskRecord current = records.get(first.taskId());
        if (current == null) {
            put(intended);
            return new Creation.Created(intended);
        }
        return current.equals(intended) ? new Creation.Created(current) : new Creation.Exists(current);
    }

    @Override
    public synchronized Update update(TaskRecord next) {
        TaskRecord intended = StoredForm.of(next, next.version() + 1);
        TaskRecord current = records.get(next.taskId());
        if (current != null && current.version() == next.version()) {
            remove(current);
            put(intended);
            return new Update.Updated(intended);
        }
        return intended.equals(current) ? new Update.Updated(intended) : new Update.Conflict(current);
    }

    @Override
    public synchronized Optional<TaskRecord> find(TaskId taskId) {
        return Optional.ofNullable(records.get(taskId));
    }

    @Override
    public synchronized List<TaskId> due(Instant now, int limit) {
        return due.stream()
                .limit(IndexRules.checkLimit(limit))
                .takeWhile(task -> !task.dueAt().isAfter(now))
                .map(Due::taskId)
                .toList();
    }

    @Override
    public synchronized List<Waiting> waiting(int limit) {
        return head(line, limit);
    }

    @Override
    public synchronized Stream<Waiting> wholeLine() {
        return List.copyOf(line).stream();
    }

    @Override
    public synchronized List<Summary> withStatus(TaskStatus status, int limit) {
        return head(statusSet(status), limit);
    }

    /** Forgets the tasks whose {@code expiresAt} has come, as the table's TTL does some time later. */
    public synchronized void forgetExpired(Instant now) {
        List<TaskRecord> expired = expiring.stream()
                .takeWhile(task -> !task.expiresAt().isAfter(now))
                .flatMap(task -> find(task.taskId()).stream())
                .toList();
        expired.forEach(this::remove);
    }

    private static <T> List<T> head(Collection<T> ordered, int limit) {
        return ordered.stream().limit(IndexRules.checkLimit(limit)).toList();
    }

    private void put(TaskRecord task) {
        records.put(task.taskId(), task);
        statusSet(task.status()).add(IndexRules.summary(task));
        IndexRules.due(task).ifPresent(due::add);
        IndexRules.waiting(task).ifPresent(line::add);
        Expiry.of(task).ifPresent(expiring::add);
    }

    private void remove(TaskRecord task) {
        records.remove(task.taskId());
        statusSet(task.status()).remove(IndexRules.summary(task));
        IndexRules.due(task).ifPresent(due::remove);
        IndexRules.waiting(task).ifPresent(line::remove);
        Expiry.of(task).ifPresent(expiring::remove);
    }

    private NavigableSet<Summary> statusSet(TaskStatus status) {
        return Objects.requireNonNull(byStatus.get(status));
    }

    private record Expiry(Instant expiresAt, TaskId taskId) {

        static final Comparator<Expiry> SOONEST_FIRST =
                Comparator.comparing(Expiry::expiresAt).thenComparing(Expiry::taskId);

        static Optional<Expiry> of(TaskRecord task) {
            return Optional.ofNullable(task.expiresAt()).map(at -> new Expiry(at, task.taskId()));
        }
    }
}
