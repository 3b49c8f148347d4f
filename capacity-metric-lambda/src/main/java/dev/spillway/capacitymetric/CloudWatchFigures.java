package dev.spillway.capacitymetric;

import dev.spillway.capacitymetric.capacity.Figure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

/**
 * Publishes the figures of a sample with one PutMetricData, so that an alarm that compares some of them has all or none.
 * One call takes 1,000 of them and 1 MB (CloudWatch API reference, PutMetricData); a sample has fewer than 20.
 */
final class CloudWatchFigures {

    private static final String CLUSTER = "ClusterName";

    private final CloudWatchClient cloudWatch;
    private final String namespace;
    private final String clusterName;

    CloudWatchFigures(CloudWatchClient cloudWatch, String namespace, String clusterName) {
        this.cloudWatch = cloudWatch;
        this.namespace = namespace;
        this.clusterName = clusterName;
    }

    /** Publishes figures of one moment. If the answer is lost, they may be published twice, which changes no extreme. */
    void publish(List<Figure> figures, Instant at) {
        List<MetricDatum> data =
                figures.stream().map(figure -> datum(figure, at)).toList();
        cloudWatch.putMetricData(r -> r.namespace(namespace).metricData(data));
    }

    private MetricDatum datum(Figure figure, Instant at) {
        List<Dimension> dimensions = new ArrayList<>();
        dimensions.add(dimension(CLUSTER, clusterName));
        Figure.Part part = figure.part();
        if (part != null) {
            dimensions.add(dimension(part.dimension(), part.value()));
        }
        return MetricDatum.builder()
                .metricName(figure.name())
                .dimensions(dimensions)
                .timestamp(at)
                .value(figure.value())
                .unit(unit(figure.unit()))
                .build();
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }

    private static StandardUnit unit(Figure.Unit unit) {
        return switch (unit) {
            case COUNT -> StandardUnit.COUNT;
            case PERCENT -> StandardUnit.PERCENT;
            case SECONDS -> StandardUnit.SECONDS;
        };
    }
}
