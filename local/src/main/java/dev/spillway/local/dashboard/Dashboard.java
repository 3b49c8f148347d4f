package dev.spillway.local.dashboard;

import dev.spillway.local.dashboard.Chart.Content;
import dev.spillway.local.dashboard.Chart.Line;
import dev.spillway.local.dashboard.Chart.Lines;
import dev.spillway.local.dashboard.Chart.Refused;
import dev.spillway.local.template.DashboardResource;
import dev.spillway.local.template.DashboardWidget;
import dev.spillway.local.template.TemplateException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/**
 * The widgets of a template's dashboard, and what CloudWatch has for them: one GetMetricData a widget, as its console asks.
 * Nothing is computed here. As safe for use by many threads as the client.
 */
public final class Dashboard {

    private final List<Asked> widgets;
    private final CloudWatchClient cloudWatch;

    private record Asked(DashboardWidget widget, WidgetQueries queries) {}

    private Dashboard(List<Asked> widgets, CloudWatchClient cloudWatch) {
        this.widgets = List.copyOf(widgets);
        this.cloudWatch = cloudWatch;
    }

    /**
     * The dashboard of a template.
     *
     * @param resources none or one
     * @param now each widget is tried once up to then
     * @throws TemplateException if CloudWatch does not understand a widget, or there are several dashboards
     */
    public static Dashboard of(List<DashboardResource> resources, CloudWatchClient cloudWatch, Instant now) {
        if (resources.size() > 1) {
            throw new TemplateException(
                    resources.get(1).line(), "the local system draws one dashboard, and this is another.");
        }
        List<Asked> widgets = new ArrayList<>();
        for (DashboardResource dashboard : resources) {
            for (DashboardWidget widget : dashboard.widgets()) {
                widgets.add(new Asked(widget, WidgetQueries.of(widget)));
            }
        }
        Dashboard dashboard = new Dashboard(widgets, cloudWatch);
        dashboard.tryEach(resources, now);
        return dashboard;
    }

    /** A mistake in an expression is to be told when the system starts, and not when somebody looks. */
    private void tryEach(List<DashboardResource> resources, Instant now) {
        for (Chart chart : charts(now, Duration.ofMinutes(1))) {
            if (chart.content() instanceof Refused refused) {
                DashboardResource dashboard = resources.getFirst();
                throw new TemplateException(
                        dashboard.line(),
                        "widget %d of the dashboard %s, \"%s\": %s"
                                .formatted(
                                        dashboard.widgets().indexOf(chart.widget()) + 1,
                                        dashboard.logicalId(),
                                        chart.widget().title(),
                                        refused.sentence()));
            }
        }
    }

    /**
     * All widgets, in the order of the template. The period that is not over yet is among what is shown, as live data is in
     * the console, so that a person who sends a task sees it.
     *
     * @param span how long before now the first period begins, at the latest
     */
    public List<Chart> charts(Instant now, Duration span) {
        return widgets.stream()
                .map(asked -> {
                    Instant start = beginning(now.minus(span), asked.widget().period());
                    return new Chart(asked.widget(), start, now, content(asked, start, now));
                })
                .toList();
    }

    /** Periods are counted from 1970, as CloudWatch aligns them; counted from now, the sums would change as time passes. */
    private static Instant beginning(Instant instant, Duration period) {
        long seconds = instant.getEpochSecond();
        return Instant.ofEpochSecond(seconds - Math.floorMod(seconds, period.toSeconds()));
    }

    private Content content(Asked asked, Instant start, Instant end) {
        if (asked.queries().drawn().isEmpty()) {
            return new Lines(List.of());
        }
        try {
            Map<String, MetricDataResult> results = cloudWatch
                    .getMetricData(request -> request.startTime(start)
                            .endTime(end)
                            .scanBy(ScanBy.TIMESTAMP_ASCENDING)
                            .metricDataQueries(asked.queries().queries()))
                    .metricDataResults()
                    .stream()
                    .collect(Collectors.toMap(MetricDataResult::id, Function.identity()));
            List<Line> lines = new ArrayList<>();
            asked.queries().drawn().forEach((id, row) -> {
                MetricDataResult result = results.get(id);
                if (result != null) {
                    lines.add(new Line(result.label(), row.look().axis(), points(result)));
                }
            });
            return new Lines(lines);
        } catch (CloudWatchException | UnsupportedOperationException refused) {
            return new Refused(String.valueOf(refused.getMessage()));
        }
    }

    private static NavigableMap<Instant, Double> points(MetricDataResult result) {
        NavigableMap<Instant, Double> points = new TreeMap<>();
        for (int i = 0; i < result.timestamps().size(); i++) {
            points.put(result.timestamps().get(i), result.values().get(i));
        }
        return points;
    }
}
