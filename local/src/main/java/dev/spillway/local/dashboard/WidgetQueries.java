package dev.spillway.local.dashboard;

import dev.spillway.local.template.DashboardWidget;
import dev.spillway.local.template.DashboardWidget.Expression;
import dev.spillway.local.template.DashboardWidget.Metric;
import dev.spillway.local.template.DashboardWidget.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/**
 * The rows of a widget as the queries of GetMetricData that the CloudWatch console would send for them (pure).
 *
 * @param queries all rows; those that are not drawn return no data
 * @param drawn the rows that are drawn, in the order of the template, by the ids of their queries
 */
record WidgetQueries(List<MetricDataQuery> queries, Map<String, Row> drawn) {

    static WidgetQueries of(DashboardWidget widget) {
        Set<String> taken =
                widget.rows().stream().flatMap(row -> row.look().id().stream()).collect(Collectors.toSet());
        int period = Math.toIntExact(widget.period().toSeconds());
        List<MetricDataQuery> queries = new ArrayList<>();
        Map<String, Row> drawn = new LinkedHashMap<>();
        for (Row row : widget.rows()) {
            String id = row.look().id().orElseGet(() -> freeId(queries.size(), taken));
            queries.add(query(id, row, period));
            if (row.look().visible()) {
                drawn.put(id, row);
            }
        }
        return new WidgetQueries(queries, drawn);
    }

    /** GetMetricData wants an id of every query, and a row needs one only if an expression uses it. */
    private static String freeId(int number, Set<String> taken) {
        String id = "row" + number;
        while (taken.contains(id)) {
            id += "_";
        }
        return id;
    }

    private static MetricDataQuery query(String id, Row row, int period) {
        MetricDataQuery.Builder query =
                MetricDataQuery.builder().id(id).returnData(row.look().visible());
        row.look().label().ifPresent(query::label);
        switch (row) {
            case Metric metric ->
                query.metricStat(stat -> stat.stat(metric.stat())
                        .period(period)
                        .metric(m -> m.namespace(metric.namespace())
                                .metricName(metric.name())
                                .dimensions(dimensions(metric.dimensions()))));
            case Expression expression ->
                query.expression(expression.expression()).period(period);
        }
        return query.build();
    }

    private static List<Dimension> dimensions(Map<String, String> byName) {
        return byName.entrySet().stream()
                .map(entry -> Dimension.builder()
                        .name(entry.getKey())
                        .value(entry.getValue())
                        .build())
                .toList();
    }
}
