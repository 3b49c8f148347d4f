package dev.spillway.local.dashboard;

import dev.spillway.local.template.DashboardWidget;
import dev.spillway.local.template.DashboardWidget.Axis;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A widget and what is to be seen in it.
 *
 * @param start beginning of the first period
 * @param end the last period begins before it
 */
public record Chart(DashboardWidget widget, Instant start, Instant end, Content content) {

    /** What CloudWatch has for a widget. */
    public sealed interface Content {}

    /** In the order of the template; one without data is a line without points. */
    public record Lines(List<Line> lines) implements Content {
        public Lines {
            lines = List.copyOf(lines);
        }
    }

    /** CloudWatch did not answer with data. The sentence is its own. */
    public record Refused(String sentence) implements Content {}

    /**
     * One line.
     *
     * @param points by the beginnings of the periods; a period without data is missing, not 0
     */
    public record Line(String label, Axis axis, NavigableMap<Instant, Double> points) {
        public Line {
            points = Collections.unmodifiableNavigableMap(new TreeMap<>(points));
        }
    }
}
