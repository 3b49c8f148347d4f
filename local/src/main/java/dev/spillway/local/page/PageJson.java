package dev.spillway.local.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.cli.record.RecordJson;
import dev.spillway.local.page.spend.Bill;
import dev.spillway.local.page.spend.Spend;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The answers of the page's server. Times are milliseconds since 1970, money is US dollars. */
final class PageJson {

    private static final double MILLIS = 1_000;

    private PageJson() {}

    static ObjectNode now(Now now) {
        About about = now.about();
        ObjectNode json = object();
        json.put("title", about.title())
                .put("speed", about.speed())
                .put("simulatedTime", about.simulatedTime())
                .put("note", about.note())
                .put("firstTask", about.firstTask())
                .put("prices", about.prices())
                .put("at", now.at().toEpochMilli())
                .put("oldestWaitSeconds", now.oldestWait().toMillis() / MILLIS);
        ObjectNode tasks = json.putObject("tasks");
        for (TaskStatus status : TaskStatus.values()) {
            tasks.put(status.name(), now.tasks().getOrDefault(status, 0));
        }
        ObjectNode onCapacity = json.putObject("onCapacity");
        for (CapacityType type : CapacityType.values()) {
            onCapacity.put(type.name(), now.onCapacity().getOrDefault(type, 0));
        }
        ArrayNode instances = json.putArray("instances");
        now.instances()
                .forEach(same -> instances
                        .addObject()
                        .put("kind", same.kind().name())
                        .put("state", same.state().name())
                        .put("count", same.count()));
        json.set("spend", spend(now.spend()));
        return json;
    }

    private static ObjectNode spend(Spend spend) {
        ObjectNode json = object();
        json.set("fargate", bill(spend.fargate()));
        json.set("spot", bill(spend.spot()));
        json.set("onDemand", bill(spend.onDemand()));
        json.set("lambda", bill(spend.lambda()));
        json.set("containers", bill(spend.containers()));
        json.set("fargateAlone", bill(spend.fargateAlone()));
        return json;
    }

    private static ObjectNode bill(Bill bill) {
        ObjectNode json = object().put("dollars", bill.dollars());
        bill.withoutPrice().forEach(json.putArray("withoutPrice")::add);
        return json;
    }

    /** Column by column, as charts take them. */
    static ObjectNode series(List<Point> points) {
        ObjectNode json = object();
        ArrayNode at = json.putArray("at");
        points.forEach(point -> at.add(point.at().toEpochMilli()));
        ObjectNode columns = json.putObject("columns");
        for (CapacityType type : CapacityType.values()) {
            column(columns, type.name(), points, p -> p.onCapacity().getOrDefault(type, 0));
        }
        column(columns, "paid", points, Point::paid);
        column(columns, "fargateAlone", points, Point::fargateAlone);
        return json;
    }

    static ObjectNode tasks(List<TaskLine> lines) {
        ObjectNode json = object();
        ArrayNode tasks = json.putArray("tasks");
        for (TaskLine line : lines) {
            ObjectNode task = tasks.addObject();
            task.put("taskId", line.taskId()).put("status", line.status());
            task.put("createdAt", line.createdAt().toEpochMilli());
            RecordJson.putIfKnown(task, "capacityType", line.capacityType());
            RecordJson.putIfKnown(task, "exitCode", line.exitCode());
            RecordJson.putIfKnown(task, "reason", line.reason());
            if (line.startedAt() != null) {
                task.put("startedAt", line.startedAt().toEpochMilli());
            }
            if (line.stoppedAt() != null) {
                task.put("stoppedAt", line.stoppedAt().toEpochMilli());
            }
        }
        return json;
    }

    private static <T> void column(ObjectNode to, String name, List<T> rows, ToDoubleFunction<T> value) {
        ArrayNode column = to.putArray(name);
        rows.forEach(row -> add(column, value.applyAsDouble(row)));
    }

    /** Most are counts: without a point they take half the room. */
    static void add(ArrayNode to, double number) {
        if (number == Math.rint(number)) {
            to.add((long) number);
        } else {
            to.add(number);
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
