package dev.spillway.local.cloudwatch;

import dev.spillway.local.ecs.KnownFields;
import dev.spillway.local.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmResponse;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;

/**
 * The simulated account as a {@link CloudWatchClient}. Every operation that is not here throws
 * UnsupportedOperationException, as the SDK's interface does by itself; so does every parameter that is not simulated.
 */
final class SimulatedCloudWatchClient implements CloudWatchClient {

    /** Metrics without data for longer are not listed (CloudWatch user guide, "Metrics"). */
    private static final Duration LISTED_FOR = Duration.ofDays(14);

    private static final int LIST_PAGE = 500;
    private static final int ALARMS_PAGE = 100;

    private final MetricStore store;
    private final Alarms alarms;
    private final Timeline timeline;
    private final PutMetricData putMetricData;
    private final GetMetricData getMetricData;

    SimulatedCloudWatchClient(MetricStore store, Alarms alarms, Timeline timeline) {
        this.store = store;
        this.alarms = alarms;
        this.timeline = timeline;
        this.putMetricData = new PutMetricData(store);
        this.getMetricData = new GetMetricData(store);
    }

    @Override
    public PutMetricDataResponse putMetricData(PutMetricDataRequest request) {
        putMetricData.run(request, timeline.now());
        return PutMetricDataResponse.builder().build();
    }

    @Override
    public GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
        return getMetricData.run(request);
    }

    @Override
    public ListMetricsResponse listMetrics(ListMetricsRequest request) {
        KnownFields.require(request, "ListMetrics", Set.of("Namespace", "MetricName", "Dimensions"));
        Instant after = timeline.now().minus(LISTED_FOR);
        List<MetricKey> keys = store.keys(after, key -> matches(request, key)).stream()
                .sorted(Comparator.comparing(MetricKey::toString))
                .toList();
        requireOnePage("ListMetrics", keys.size(), LIST_PAGE);
        return ListMetricsResponse.builder()
                .metrics(keys.stream().map(MetricKey::describe).toList())
                .build();
    }

    private static boolean matches(ListMetricsRequest request, MetricKey key) {
        return (request.namespace() == null || request.namespace().equals(key.namespace()))
                && (request.metricName() == null || request.metricName().equals(key.name()))
                && request.dimensions().stream()
                        .allMatch(filter -> key.dimensions().containsKey(filter.name())
                                && (filter.value() == null
                                        || filter.value()
                                                .equals(key.dimensions().get(filter.name()))));
    }

    @Override
    public PutMetricAlarmResponse putMetricAlarm(PutMetricAlarmRequest request) {
        alarms.put(request);
        return PutMetricAlarmResponse.builder().build();
    }

    @Override
    public DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
        KnownFields.require(
                request,
                "DescribeAlarms",
                Set.of("AlarmNames", "AlarmNamePrefix", "AlarmTypes", "StateValue", "MaxRecords"));
        if (!request.alarmNames().isEmpty() && request.alarmNamePrefix() != null) {
            throw CloudWatchErrors.combination("AlarmNames and AlarmNamePrefix exclude each other.");
        }
        if (request.hasAlarmTypes() && !request.alarmTypes().equals(List.of(AlarmType.METRIC_ALARM))) {
            throw new UnsupportedOperationException("only metric alarms are simulated");
        }
        List<MetricAlarm> found = alarms.describe(alarm -> matches(request, alarm));
        int page = Optional.ofNullable(request.maxRecords()).orElse(ALARMS_PAGE);
        if (page < 1 || page > ALARMS_PAGE) {
            throw CloudWatchErrors.invalid("MaxRecords must be 1 to 100, not " + page + ".");
        }
        requireOnePage("DescribeAlarms", found.size(), page);
        return DescribeAlarmsResponse.builder()
                .metricAlarms(found)
                .compositeAlarms(List.of())
                .build();
    }

    private static boolean matches(DescribeAlarmsRequest request, MetricAlarm alarm) {
        return (request.alarmNames().isEmpty() || request.alarmNames().contains(alarm.alarmName()))
                && (request.alarmNamePrefix() == null || alarm.alarmName().startsWith(request.alarmNamePrefix()))
                && (request.stateValue() == null || request.stateValue() == alarm.stateValue());
    }

    private static void requireOnePage(String operation, int found, int page) {
        if (found > page) {
            throw new UnsupportedOperationException(
                    "pages of " + operation + " are not simulated: there are " + found + ", and a page has " + page);
        }
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Nothing to close: the account belongs to who made it. */
    @Override
    public void close() {}
}
