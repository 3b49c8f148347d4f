package dev.spillway.spotfallback;

import dev.spillway.spotfallback.decision.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** Reads series of CloudWatch, all of them with one call. */
final class CapacityMetrics {

    private static final Duration PERIOD = Duration.ofMinutes(1);

    /** So that there is a value from before the time that is asked about, also if there is only one in five minutes. */
    private static final Duration BEFORE = Duration.ofMinutes(10);

    private final CloudWatchClient cloudWatch;

    CapacityMetrics(CloudWatchClient cloudWatch) {
        this.cloudWatch = cloudWatch;
    }

    /** The series of the last while, and of some minutes before. One that CloudWatch could not give whole is empty. */
    Map<Series, List<Sample>> read(List<Series> wanted, Duration last, Instant now) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        List<MetricDataQuery> queries = IntStream.range(0, wanted.size())
                .mapToObj(i -> query("s" + i, wanted.get(i)))
                .toList();
        Map<String, List<Sample>> samples = new HashMap<>();
        Map<String, StatusCode> states = new HashMap<>();
        // A series that goes on on the next page is PartialData on this one.
        for (GetMetricDataResponse page : cloudWatch.getMetricDataPaginator(r -> r.metricDataQueries(queries)
                .startTime(now.minus(last).minus(BEFORE))
                .endTime(now))) {
            for (MetricDataResult result : page.metricDataResults()) {
                samples.computeIfAbsent(result.id(), id -> new ArrayList<>()).addAll(samples(result));
                states.put(result.id(), result.statusCode());
            }
        }
        Map<Series, List<Sample>> read = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            boolean whole = states.get("s" + i) == StatusCode.COMPLETE;
            read.put(wanted.get(i), whole ? samples.getOrDefault("s" + i, List.of()) : List.of());
        }
        return Map.copyOf(read);
    }

    private static MetricDataQuery query(String id, Series series) {
        Dimension dimension =
                Dimension.builder().name(series.dimension()).value(series.of()).build();
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(MetricStat.builder()
                        .metric(m -> m.namespace(series.namespace())
                                .metricName(series.metric())
                                .dimensions(dimension))
                        .period((int) PERIOD.toSeconds())
                        .stat("Maximum")
                        .build())
                .returnData(true)
                .build();
    }

    private static List<Sample> samples(MetricDataResult result) {
        int size = Math.min(result.timestamps().size(), result.values().size());
        return IntStream.range(0, size)
                .mapToObj(i ->
                        new Sample(result.timestamps().get(i), result.values().get(i)))
                .toList();
    }
}
