package dev.spillway.capacitymetric;

import dev.spillway.capacitymetric.capacity.ClusterCapacity;
import dev.spillway.capacitymetric.capacity.Figure;
import dev.spillway.capacitymetric.capacity.Figures;
import dev.spillway.capacitymetric.capacity.Instance;
import dev.spillway.capacitymetric.capacity.LargestSizes;
import dev.spillway.capacitymetric.capacity.WaitingTasks;
import dev.spillway.common.store.TaskIndex;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.powertools.logging.argument.StructuredArguments;

/**
 * Takes a sample of the cluster and publishes it. All or nothing: whatever cannot be read ends the sample, and nothing is
 * published. A sum over half of the instances would be a low number, which buys instances; half of the truth about one
 * instance would be a high one, which takes them away.
 *
 * <p>A sample may be taken twice in a minute, by a schedule that comes twice or by Lambda's retry of one that failed: each
 * is dated when it was taken, and alarms take the least favourable one of a minute.
 */
final class CapacityMetric {

    private static final Logger LOG = LoggerFactory.getLogger(CapacityMetric.class);

    private final TaskIndex index;
    private final EcsInstances instances;
    private final Sizes sizes;
    private final CloudWatchFigures figures;

    CapacityMetric(TaskIndex index, EcsInstances instances, Sizes sizes, CloudWatchFigures figures) {
        this.index = index;
        this.instances = instances;
        this.sizes = sizes;
        this.figures = figures;
    }

    /** Takes one sample and says what was published. */
    List<Figure> sample(Instant now) {
        Collection<Instance> cluster = instances.all();
        WaitingTasks waiting = WaitingTasks.of(index.wholeLine());
        LargestSizes largest = sizes.largest(cluster, waiting, now);

        ClusterCapacity capacity = ClusterCapacity.of(cluster, largest);
        List<Figure> sampled = Figures.of(capacity, waiting, now);

        figures.publish(sampled, now);
        log(largest, sampled);
        return sampled;
    }

    private static void log(LargestSizes largest, List<Figure> sampled) {
        Map<String, Object> fields = new LinkedHashMap<>();
        sampled.forEach(figure -> fields.put(figure.label(), figure.value()));
        fields.put("LargestContainers", largest.sizes().toString());
        LOG.info("capacity", StructuredArguments.entries(fields));
    }
}
