package dev.spillway.local.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.dashboard.Chart;
import dev.spillway.local.template.DashboardWidget;
import dev.spillway.local.template.DashboardWidget.Axis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The dashboard as the page gets it: where each widget is, what it is called, and its lines, a value or null a period. */
final class DashboardJson {

    private DashboardJson() {}

    static ObjectNode of(List<Chart> charts) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode widgets = json.putArray("widgets");
        charts.forEach(chart -> widget(widgets.addObject(), chart));
        return json;
    }

    private static void widget(ObjectNode json, Chart chart) {
        DashboardWidget widget = chart.widget();
        json.put("title", widget.title())
                .put("x", widget.x())
                .put("y", widget.y())
                .put("width", widget.width())
                .put("height", widget.height())
                .put("stacked", widget.stacked())
                .put("start", chart.start().toEpochMilli())
                .put("period", widget.period().toMillis());
        ArrayNode annotations = json.putArray("annotations");
        widget.annotations()
                .forEach(annotation -> annotations
                        .addObject()
                        .put("label", annotation.label())
                        .put("value", annotation.value())
                        .put("axis", axis(annotation.axis())));
        ArrayNode lines = json.putArray("lines");
        switch (chart.content()) {
            case Chart.Lines drawn -> drawn.lines().forEach(line -> line(lines.addObject(), line, chart));
            case Chart.Refused refused -> json.put("refused", refused.sentence());
        }
    }

    /** Without data there are no values at all: most lines of a quiet system have none. */
    private static void line(ObjectNode json, Chart.Line line, Chart chart) {
        json.put("label", line.label()).put("axis", axis(line.axis()));
        ArrayNode values = json.putArray("values");
        if (line.points().isEmpty()) {
            return;
        }
        Duration period = chart.widget().period();
        for (Instant at = chart.start(); at.isBefore(chart.end()); at = at.plus(period)) {
            Double value = line.points().get(at);
            if (value == null) {
                values.addNull();
            } else {
                PageJson.add(values, value);
            }
        }
    }

    private static String axis(Axis axis) {
        return axis.name().toLowerCase(Locale.ROOT);
    }
}
