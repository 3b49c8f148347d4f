package dev.spillway.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A graph of a dashboard (CloudWatch API reference, "Dashboard body structure and syntax").
 *
 * @param title empty if it has none
 * @param x column of its left edge, 0–23
 * @param y row of its upper edge, from 0
 * @param width columns, 1–24
 * @param height rows, 1–1,000
 * @param period of all its data points, full minutes
 * @param stacked whether each line begins where the one before it ends
 * @param rows what is drawn and what that is computed from, in the order of the template
 */
public record DashboardWidget(
        String title,
        int x,
        int y,
        int width,
        int height,
        Duration period,
        boolean stacked,
        List<Row> rows,
        List<Annotation> annotations) {

    public DashboardWidget {
        rows = List.copyOf(rows);
        annotations = List.copyOf(annotations);
    }

    /** The side that has the scale of a line. */
    public enum Axis {
        LEFT,
        RIGHT
    }

    /** One element of {@code metrics}. */
    public sealed interface Row {

        Look look();
    }

    /**
     * A statistic of a metric.
     *
     * @param dimensions by name
     * @param stat for example {@code Sum} or {@code p99}
     */
    public record Metric(String namespace, String name, Map<String, String> dimensions, String stat, Look look)
            implements Row {
        public Metric {
            dimensions = Map.copyOf(dimensions);
        }
    }

    /** Metric math over rows with an id. */
    public record Expression(String expression, Look look) implements Row {}

    /**
     * How a row is drawn.
     *
     * @param id by which expressions name it
     * @param label what the legend calls it; CloudWatch makes one up if there is none
     * @param visible whether it is drawn, and not only used by expressions
     */
    public record Look(Optional<String> id, Optional<String> label, Axis axis, boolean visible) {}

    /**
     * A horizontal line at a value.
     *
     * @param label empty if it has none
     */
    public record Annotation(String label, double value, Axis axis) {}
}
