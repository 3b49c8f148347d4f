package dev.spillway.capacitymetric;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;

/** Keeps what is published. */
public final class FakeCloudWatch implements CloudWatchClient {

    private final List<PutMetricDataRequest> requests = new ArrayList<>();

    public List<PutMetricDataRequest> requests() {
        return List.copyOf(requests);
    }

    /** The values of the only request, by name and dimensions. */
    Map<String, Double> values() {
        if (requests.size() != 1) {
            throw new AssertionError("one request, not " + requests.size());
        }
        return requests.getFirst().metricData().stream().collect(Collectors.toMap(this::key, MetricDatum::value));
    }

    private String key(MetricDatum datum) {
        return datum.metricName()
                + datum.dimensions().stream().map(FakeCloudWatch::text).collect(Collectors.joining(", ", "{", "}"));
    }

    private static String text(Dimension dimension) {
        return dimension.name() + "=" + dimension.value();
    }

    @Override
    public PutMetricDataResponse putMetricData(PutMetricDataRequest request) {
        requests.add(request);
        return PutMetricDataResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
