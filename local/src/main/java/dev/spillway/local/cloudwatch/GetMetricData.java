package dev.spillway.local.cloudwatch;

import dev.spillway.local.cloudwatch.math.Series;
import dev.spillway.local.ecs.KnownFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** The operation of that name. All of an answer is one page: a request that would need more is refused. */
final class GetMetricData {

    private static final int MOST_QUERIES = 500;
    private static final int MOST_DATAPOINTS = 100_800;

    private final MetricStore store;

    GetMetricData(MetricStore store) {
        this.store = store;
    }

    GetMetricDataResponse run(GetMetricDataRequest request) {
        KnownFields.require(
                request,
                "GetMetricData",
                Set.of("MetricDataQueries", "StartTime", "EndTime", "ScanBy", "MaxDatapoints"));
        if (request.metricDataQueries().isEmpty()) {
            throw CloudWatchErrors.missing("MetricDataQueries");
        }
        if (request.metricDataQueries().size() > MOST_QUERIES) {
            throw CloudWatchErrors.invalid("MetricDataQueries must not have more than 500 elements.");
        }
        MetricQueries queries = MetricQueries.read(request.metricDataQueries());
        if (queries.returned().isEmpty()) {
            throw CloudWatchErrors.invalid("At least one query must have ReturnData.");
        }
        Periods periods = Periods.between(start(request), end(request), queries.period());
        requireOnePage(request, (long) periods.count() * queries.returned().size());
        return GetMetricDataResponse.builder()
                .metricDataResults(queries.returned().stream()
                        .map(query -> result(query, queries.evaluate(query, store, periods), request.scanBy()))
                        .toList())
                .messages(List.of())
                .build();
    }

    private static MetricDataResult result(MetricQueries.Query query, Series series, @Nullable ScanBy scanBy) {
        NavigableMap<Instant, Double> points = scanBy == ScanBy.TIMESTAMP_ASCENDING
                ? series.points()
                : series.points().descendingMap();
        return MetricDataResult.builder()
                .id(query.given().id())
                .label(label(query))
                .timestamps(new ArrayList<>(points.keySet()))
                .values(new ArrayList<>(points.values()))
                .statusCode(StatusCode.COMPLETE)
                .build();
    }

    private static String label(MetricQueries.Query query) {
        return Optional.ofNullable(query.given().label()).orElseGet(() -> switch (query) {
            case MetricQueries.OfMetric metric -> metric.key().name();
            case MetricQueries.OfExpression expression -> expression.given().id();
        });
    }

    private static Instant start(GetMetricDataRequest request) {
        if (request.startTime() == null) {
            throw CloudWatchErrors.missing("StartTime");
        }
        return request.startTime();
    }

    private static Instant end(GetMetricDataRequest request) {
        if (request.endTime() == null) {
            throw CloudWatchErrors.missing("EndTime");
        }
        if (!request.endTime().isAfter(request.startTime())) {
            throw CloudWatchErrors.invalid("The parameter StartTime must be less than the parameter EndTime.");
        }
        return request.endTime();
    }

    private static void requireOnePage(GetMetricDataRequest request, long datapoints) {
        int page = Optional.ofNullable(request.maxDatapoints()).orElse(MOST_DATAPOINTS);
        if (page < 1 || page > MOST_DATAPOINTS) {
            throw CloudWatchErrors.invalid("MaxDatapoints must be 1 to 100,800, not " + page + ".");
        }
        if (datapoints > page) {
            throw new UnsupportedOperationException("pages of GetMetricData are not simulated: the request may have "
                    + datapoints + " data points, and a page has " + page);
        }
    }
}
