package dev.spillway.local.cli.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.RetryRule;
import dev.spillway.common.task.TaskRequest;
import java.util.Locale;
import java.util.TreeMap;

/**
 * A request in the words of the message. Environment, command and payload are left out: they may hold secrets, and
 * reports are passed on.
 */
final class RequestJson {

    private RequestJson() {}

    static ObjectNode of(TaskRequest request) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (request.container() != null) {
            addContainer(json, request.container());
        }
        if (request.function() != null) {
            json.put("function", request.function().function());
        }
        ArrayNode capacity = json.putArray("capacity");
        request.capacity().forEach(type -> capacity.add(type.name()));
        json.put("priority", request.priority());
        json.set("retry", retry(request.retry()));
        if (request.timeout() != null) {
            json.put("timeout", request.timeout().toString());
        }
        if (request.waitDeadline() != null) {
            json.put("waitDeadline", request.waitDeadline().toString());
        }
        return json;
    }

    private static void addContainer(ObjectNode json, ContainerWork work) {
        json.put("taskDefinition", work.taskDefinition());
        if (work.container() != null) {
            json.put("container", work.container());
        }
        if (work.cpu() != null) {
            json.put("cpu", work.cpu());
        }
        if (work.memory() != null) {
            json.put("memory", work.memory());
        }
        if (!work.placement().equals(Placement.ANYWHERE)) {
            json.set("placement", placement(work.placement()));
        }
        if (!work.tags().isEmpty()) {
            ObjectNode tags = json.putObject("tags");
            new TreeMap<>(work.tags()).forEach(tags::put);
        }
    }

    static ObjectNode placement(Placement placement) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode constraints = json.putArray("constraints");
        placement
                .constraints()
                .forEach(constraint -> constraints.add(
                        switch (constraint) {
                            case Placement.Constraint.MemberOf memberOf -> "memberOf:" + memberOf.expression();
                            case Placement.Constraint.DistinctInstance ignored -> "distinctInstance";
                        }));
        ArrayNode strategies = json.putArray("strategies");
        placement.strategies().forEach(strategy -> {
            String type = strategy.type().name().toLowerCase(Locale.ROOT);
            strategies.add(strategy.field().isEmpty() ? type : type + ":" + strategy.field());
        });
        return json;
    }

    private static ObjectNode retry(RetryPolicy retry) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("attempts", retry.attempts());
        ArrayNode rules = json.putArray("rules");
        retry.rules().forEach(rule -> {
            ObjectNode entry = rules.addObject();
            switch (rule) {
                case RetryRule.OnExitCode onExitCode -> {
                    ArrayNode codes = entry.putArray("exitCode");
                    onExitCode.exitCodes().stream().sorted().forEach(codes::add);
                }
                case RetryRule.OnStopReason onStopReason -> entry.put("stopReason", onStopReason.glob());
            }
            entry.put("action", rule.action().name().toLowerCase(Locale.ROOT));
        });
        return json;
    }
}
