package dev.spillway.local.cli.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.common.task.TaskRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The whole of a run as JSON. */
final class RunReport {

    private RunReport() {}

    static ObjectNode of(Tally tally, List<Row> rows) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.putObject("totals")
                .put("lines", tally.lines())
                .put("submitted", tally.submitted())
                .put("succeeded", tally.in(Row.State.SUCCEEDED))
                .put("failed", tally.in(Row.State.FAILED))
                .put("rejected", tally.in(Row.State.REJECTED))
                .put("waiting", tally.in(Row.State.WAITING))
                .put("cancelled", tally.in(Row.State.CANCELLED))
                .put("timedOut", tally.in(Row.State.TIMED_OUT))
                .put("unfinished", tally.unfinished())
                .put("spilledToFargate", tally.spilledToFargate());
        ArrayNode tasks = report.putArray("tasks");
        rows.forEach(row -> tasks.add(task(row)));
        return report;
    }

    private static ObjectNode task(Row row) {
        ObjectNode task = JsonNodeFactory.instance.objectNode();
        putIfKnown(task, "taskId", row.taskId());
        putIfKnown(task, "line", row.line());
        task.put("status", row.state().name());
        TaskRecord record = row.record();
        if (record == null) {
            putIfKnown(task, "reason", row.reason());
            return task;
        }
        putIfKnown(task, "capacityType", record.capacityType());
        task.put("launch", record.launch()).put("attempt", record.attempt()).put("losses", record.losses());
        putIfKnown(task, "exitCode", record.exitCode());
        putIfKnown(task, "reason", row.reason());
        putIfKnown(task, "taskArn", record.taskArn());
        putIfKnown(task, "containerInstanceArn", record.containerInstanceArn());
        putIfKnown(task, "createdAt", record.createdAt());
        putIfKnown(task, "placedAt", record.placedAt());
        putIfKnown(task, "startedAt", record.startedAt());
        putIfKnown(task, "stoppedAt", record.stoppedAt());
        putSeconds(task, "waitSeconds", row.waited());
        putSeconds(task, "runSeconds", row.ran());
        if (record.request() != null) {
            task.set("request", RequestJson.of(record.request()));
        }
        ArrayNode history = task.putArray("history");
        record.history()
                .forEach(entry -> history.addObject()
                        .put("at", entry.at().toString())
                        .put("status", entry.status().name())
                        .put("what", entry.what()));
        return task;
    }

    private static void putIfKnown(ObjectNode to, String name, @Nullable Object value) {
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
