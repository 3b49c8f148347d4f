package dev.spillway.spotfallback;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;
import software.amazon.awssdk.services.cloudwatch.paginators.GetMetricDataIterable;

/** Metrics by namespace, name and dimension. It gives half of each series a page, the newest first, as AWS may. */
final class FakeCloudWatch implements CloudWatchClient {

    private final Map<String, NavigableMap<Instant, Double>> metrics = new HashMap<>();
    StatusCode lastStatus = StatusCode.COMPLETE;
    int calls;

    /** A value for each minute from some minutes ago until now. */
    void has(String metric, String of, Instant now, int minutes, double value) {
        for (int minute = minutes; minute >= 0; minute--) {
            metrics.computeIfAbsent(metric + " " + of, key -> new TreeMap<>())
                    .put(now.minus(Duration.ofMinutes(minute)), value);
        }
    }

    void forgets(String metric, String of) {
        metrics.remove(metric + " " + of);
    }

    @Override
    public GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
        calls++;
        boolean first = request.nextToken() == null;
        List<MetricDataResult> results = new ArrayList<>();
        for (MetricDataQuery query : request.metricDataQueries()) {
            var metric = query.metricStat().metric();
            var dimension = metric.dimensions().getFirst();
            String key =
                    metric.namespace() + " " + metric.metricName() + " " + dimension.name() + "=" + dimension.value();
            List<Map.Entry<Instant, Double>> values = new ArrayList<>(metrics.getOrDefault(key, new TreeMap<>())
                    .subMap(request.startTime(), true, request.endTime(), true)
                    .descendingMap()
                    .entrySet());
            int half = values.size() / 2;
            List<Map.Entry<Instant, Double>> page =
                    first ? values.subList(0, half) : values.subList(half, values.size());
            results.add(MetricDataResult.builder()
                    .id(query.id())
                    .timestamps(page.stream().map(Map.Entry::getKey).toList())
                    .values(page.stream().map(Map.Entry::getValue).toList())
                    .statusCode(first ? StatusCode.PARTIAL_DATA : lastStatus)
                    .build());
        }
        return GetMetricDataResponse.builder()
                .metricDataResults(results)
                .nextToken(first ? "more" : null)
                .build();
    }

    @Override
    public GetMetricDataIterable getMetricDataPaginator(GetMetricDataRequest request) {
        return new GetMetricDataIterable(this, request);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
