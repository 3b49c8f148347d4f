package dev.spillway.local.cli.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.local.cli.record.RecordJson;
import java.util.List;

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
        RecordJson.putIfKnown(task, "taskId", row.taskId());
        RecordJson.putIfKnown(task, "line", row.line());
        task.put("status", row.state().name());
        TaskRecord record = row.record();
        if (record == null) {
            RecordJson.putIfKnown(task, "reason", row.reason());
            return task;
        }
        RecordJson.addFacts(task, record, row.reason());
        return task;
    }
}
