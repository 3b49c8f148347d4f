package dev.spillway.local.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.local.cloudwatch.CloudWatchSettings;
import dev.spillway.local.cloudwatch.SimulatedCloudWatch;
import dev.spillway.local.dashboard.Chart.Line;
import dev.spillway.local.dashboard.Chart.Lines;
import dev.spillway.local.dashboard.Chart.Refused;
import dev.spillway.local.template.DashboardResource;
import dev.spillway.local.template.DashboardWidget;
import dev.spillway.local.template.DashboardWidget.Axis;
import dev.spillway.local.template.DashboardWidget.Expression;
import dev.spillway.local.template.DashboardWidget.Look;
import dev.spillway.local.template.DashboardWidget.Metric;
import dev.spillway.local.template.DashboardWidget.Row;
import dev.spillway.local.template.TemplateException;
import dev.spillway.local.time.SimulatedTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DashboardTest {

    private static final Instant START = Instant.parse("2026-01-02T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final SimulatedTimeline timeline = new SimulatedTimeline(START, 1);
    private final SimulatedCloudWatch cloudWatch =
            new SimulatedCloudWatch(CloudWatchSettings.defaults(), timeline, event -> {}, action -> Optional.empty());

    @Test
    void a_line_has_the_statistic_of_each_period_and_a_gap_where_nothing_was_published() {
        put(5, 7);
        timeline.runFor(MINUTE.multipliedBy(2));
        put(1);
        timeline.runFor(MINUTE);

        assertThat(lines(MINUTE, metric("Sum", plain())).getFirst())
                .isEqualTo(new Line("Done", Axis.LEFT, points(0, 12.0, 2, 1.0)));
    }

    @ParameterizedTest
    @CsvSource({"Average, 50.5", "p50, 50", "p99, 99", "p100, 100", "SampleCount, 100", "Maximum, 100"})
    void every_statistic_works_and_percentiles_too(String stat, double expected) {
        for (int value = 1; value <= 100; value++) {
            put(value);
        }
        timeline.runFor(MINUTE);

        assertThat(lines(MINUTE, metric(stat, plain())).getFirst().points()).isEqualTo(points(0, expected));
    }

    @Test
    void an_expression_is_computed_from_rows_with_an_id_even_from_one_that_is_not_drawn() {
        put(4);
        timeline.runFor(MINUTE);

        List<Line> lines = lines(
                MINUTE,
                metric("Sum", new Look(Optional.of("row1"), Optional.empty(), Axis.LEFT, false)),
                new Expression("row1 + 2 * 3", new Look(Optional.empty(), Optional.of("more"), Axis.RIGHT, true)));

        assertThat(lines).containsExactly(new Line("more", Axis.RIGHT, points(0, 10.0)));
    }

    @Test
    void a_metric_that_nobody_publishes_is_a_line_without_points() {
        timeline.runFor(MINUTE);

        assertThat(lines(MINUTE, metric("Sum", plain()))).containsExactly(new Line("Done", Axis.LEFT, new TreeMap<>()));
    }

    @Test
    void the_period_that_is_not_over_is_shown_as_far_as_it_is_known() {
        put(4);
        timeline.runFor(Duration.ofSeconds(10));

        assertThat(lines(MINUTE, metric("Sum", plain())).getFirst().points()).isEqualTo(points(0, 4.0));
    }

    @Test
    void periods_begin_at_the_same_instants_whenever_one_looks() {
        put(1);
        timeline.runFor(MINUTE.multipliedBy(4));
        put(2);
        timeline.runFor(MINUTE.multipliedBy(2));
        put(4);
        timeline.runFor(MINUTE);

        List<Line> lines = lines(Duration.ofMinutes(5), metric("Sum", plain()));

        assertThat(lines.getFirst().points()).isEqualTo(points(0, 3.0, 5, 4.0));
    }

    @Test
    void what_is_older_than_the_span_is_not_shown() {
        put(1);
        timeline.runFor(QUARTER.plus(MINUTE));
        put(2);
        timeline.runFor(MINUTE);

        assertThat(lines(MINUTE, metric("Sum", plain())).getFirst().points()).isEqualTo(points(16, 2.0));
    }

    @Test
    void what_cloudwatch_cannot_answer_is_told_in_the_widget_and_the_others_are_drawn() {
        for (int value = 0; value <= 1_000; value++) {
            put(value);
        }
        timeline.runFor(MINUTE);
        Dashboard dashboard = dashboard(widget(MINUTE, metric("p99", plain())), widget(MINUTE, metric("Sum", plain())));

        List<Chart> charts = dashboard.charts(timeline.now(), QUARTER);

        assertThat(charts.getFirst().content())
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.sentence()).contains("percentiles"));
        assertThat(charts.getLast().content()).isInstanceOf(Lines.class);
    }

    @Test
    void a_widget_of_which_nothing_is_drawn_has_no_lines() {
        assertThat(lines(MINUTE, metric("Sum", new Look(Optional.of("a"), Optional.empty(), Axis.LEFT, false))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            p999 | a | a + 1   | the statistic p999 is not simulated
            Sum  | a | a +     | The expression a + of
            Sum  | a | b + 1   | refers to b, which is not given
            Sum  | A | 1 + 1   | for parameter Id is invalid
            """)
    void a_mistake_is_told_at_once_and_names_the_widget(String stat, String id, String expression, String sentence) {
        Look look = new Look(Optional.of(id), Optional.empty(), Axis.LEFT, true);
        DashboardWidget wrong = widget(MINUTE, metric(stat, look), new Expression(expression, plain()));

        assertThatThrownBy(() -> dashboard(widget(QUARTER, metric("Sum", plain())), wrong))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith("template.yaml, line 7: widget 2 of the dashboard Board, \"Work\": ")
                .hasMessageContaining(sentence);
    }

    @Test
    void one_dashboard_is_drawn_and_a_template_without_one_has_no_charts() {
        DashboardResource board = new DashboardResource("Board", "board", 7, List.of());

        assertThat(Dashboard.of(List.of(), cloudWatch.client(), START).charts(START, QUARTER))
                .isEmpty();
        assertThatThrownBy(() -> Dashboard.of(List.of(board, board), cloudWatch.client(), START))
                .hasMessage("template.yaml, line 7: the local system draws one dashboard, and this is another.");
    }

    private void put(double... values) {
        for (double value : values) {
            cloudWatch.put("Ours", "Done", Map.of("Queue", "q"), value, "Count", timeline.now());
        }
    }

    private List<Line> lines(Duration period, Row... rows) {
        Chart chart =
                dashboard(widget(period, rows)).charts(timeline.now(), QUARTER).getFirst();
        return ((Lines) chart.content()).lines();
    }

    private Dashboard dashboard(DashboardWidget... widgets) {
        return Dashboard.of(
                List.of(new DashboardResource("Board", "board", 7, List.of(widgets))), cloudWatch.client(), START);
    }

    private static DashboardWidget widget(Duration period, Row... rows) {
        return new DashboardWidget("Work", 0, 0, 6, 6, period, false, List.of(rows), List.of());
    }

    private static Metric metric(String stat, Look look) {
        return new Metric("Ours", "Done", Map.of("Queue", "q"), stat, look);
    }

    private static Look plain() {
        return new Look(Optional.empty(), Optional.empty(), Axis.LEFT, true);
    }

    private static NavigableMap<Instant, Double> points(double... minutesAndValues) {
        NavigableMap<Instant, Double> points = new TreeMap<>();
        for (int i = 0; i < minutesAndValues.length; i += 2) {
            points.put(START.plus(MINUTE.multipliedBy((long) minutesAndValues[i])), minutesAndValues[i + 1]);
        }
        return points;
    }
}
