package dev.spillway.local.cli.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.common.task.TaskRecord;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The public part of a record as JSON. */
public final class RecordJson {

    private RecordJson() {}

    public static ObjectNode of(TaskRecord record) {
        ObjectNode task = JsonNodeFactory.instance.objectNode();
        task.put("taskId", record.taskId().value());
        task.put("status", record.status().name());
        addFacts(task, record, record.reason());
        return task;
    }

    /**
     * Adds all but the id and the status.
     *
     * @param reason what is said of the task, which may be more than the record knows
     */
    public static void addFacts(ObjectNode task, TaskRecord record, @Nullable String reason) {
        putIfKnown(task, "capacityType", record.capacityType());
        task.put("launch", record.launch())
                .put("attempt", record.attempt())
                .put("losses", record.losses())
                .put("failedStarts", record.failedStarts());
        putIfKnown(task, "exitCode", record.exitCode());
        putIfKnown(task, "reason", reason);
        putIfKnown(task, "taskArn", record.taskArn());
        putIfKnown(task, "containerInstanceArn", record.containerInstanceArn());
        putIfKnown(task, "createdAt", record.createdAt());
        putIfKnown(task, "placedAt", record.placedAt());
        putIfKnown(task, "startedAt", record.startedAt());
        putIfKnown(task, "stoppedAt", record.stoppedAt());
        putSeconds(task, "waitSeconds", RecordTimes.waited(record));
        putSeconds(task, "runSeconds", RecordTimes.ran(record));
        if (record.request() != null) {
            task.set("request", RequestJson.of(record.request()));
        }
        ArrayNode history = task.putArray("history");
        record.history()
                .forEach(entry -> history.addObject()
                        .put("at", entry.at().toString())
                        .put("status", entry.status().name())
                        .put("what", entry.what()));
    }

    /** Leaves out what is not known, instead of a null that says nothing more. */
    public static void putIfKnown(ObjectNode to, String name, @Nullable Object value) {
        if (value instanceof Integer number) {
            to.put(name, number);
        } else if (value != null) {
            to.put(name, value.toString());
        }
    }

    private static void putSeconds(ObjectNode to, String name, Optional<Duration> time) {
        time.ifPresent(value -> to.put(name, value.toMillis() / 1000.0));
    }
}
