package dev.spillway.local.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.eventbridge.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;

/** The event of a state change (CloudWatch user guide, "Alarm events and EventBridge"). */
final class AlarmEvents {

    private final Envelope envelope;

    AlarmEvents(CloudWatchSettings settings) {
        this.envelope = new Envelope(settings.region(), settings.account());
    }

    ObjectNode stateChange(Alarm.Definition definition, Alarm.State before, Alarm.State after) {
        ObjectNode detail = object().put("alarmName", definition.given().alarmName());
        detail.set("configuration", configuration(definition));
        detail.set("previousState", state(before));
        detail.set("state", state(after));
        return envelope.event(
                "aws.cloudwatch", "CloudWatch Alarm State Change", after.since(), List.of(definition.arn()), detail);
    }

    private static ObjectNode state(Alarm.State state) {
        ObjectNode node = object().put("reason", state.reason());
        if (state.reasonData() != null) {
            node.put("reasonData", state.reasonData());
        }
        return node.put("timestamp", AlarmReason.TIMESTAMP.format(state.since()))
                .put("value", state.value().toString());
    }

    private static ObjectNode configuration(Alarm.Definition definition) {
        ObjectNode configuration = object();
        if (definition.given().alarmDescription() != null) {
            configuration.put("description", definition.given().alarmDescription());
        }
        ArrayNode metrics = configuration.putArray("metrics");
        for (MetricQueries.Query query : definition.queries().all()) {
            metrics.add(metric(definition, query));
        }
        return configuration;
    }

    private static ObjectNode metric(Alarm.Definition definition, MetricQueries.Query query) {
        MetricDataQuery given = query.given();
        ObjectNode node = object();
        switch (query) {
            case MetricQueries.OfExpression expression -> node.put("expression", given.expression());
            case MetricQueries.OfMetric metric -> node.set("metricStat", stat(metric.key(), given.metricStat()));
        }
        // The metric of an alarm without a list of queries has no id of its own; CloudWatch makes one up.
        node.put(
                "id",
                definition.single()
                        ? UUID.nameUUIDFromBytes(definition.arn().getBytes(StandardCharsets.UTF_8))
                                .toString()
                        : given.id());
        if (given.label() != null) {
            node.put("label", given.label());
        }
        return node.put("returnData", query.returned());
    }

    private static ObjectNode stat(MetricKey key, MetricStat stat) {
        ObjectNode node = object();
        ObjectNode metric = node.putObject("metric");
        ObjectNode dimensions = metric.putObject("dimensions");
        key.dimensions().forEach(dimensions::put);
        metric.put("name", key.name()).put("namespace", key.namespace());
        return node.put("period", stat.period()).put("stat", stat.stat());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
