package dev.spillway.capacitymetric;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.spillway.common.function.FunctionRuntime;
import dev.spillway.common.function.Priming;
import dev.spillway.common.function.SnapStarted;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskStore;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import org.crac.Core;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/** The function as Lambda calls it: once a minute, by a schedule. What the event says does not matter. */
public final class CapacityMetricHandler implements RequestStreamHandler, SnapStarted {

    private final CapacityMetric metric;
    private final Priming priming;
    private final Clock clock;

    /** As Lambda starts it. */
    public CapacityMetricHandler() {
        this(FunctionRuntime.deployed());
        Core.getGlobalContext().register(this);
    }

    /** With everything from outside handed in. */
    public CapacityMetricHandler(FunctionRuntime runtime) {
        CapacityMetricConfig config = CapacityMetricConfig.read(runtime.environment());
        EcsClient ecs = runtime.aws().client(EcsClient.class, EcsClient::builder);
        CloudWatchClient cloudWatch = runtime.aws().client(CloudWatchClient.class, CloudWatchClient::builder);
        TaskIndex index = runtime.tables().index(config.table());
        TaskStore store = runtime.tables().store(config.table());
        EcsInstances instances = new EcsInstances(ecs, config.cluster(), runtime.executor());
        this.metric = new CapacityMetric(
                index,
                instances,
                config.fromRecords()
                        ? new SizesFromRecords(
                                new TasksOnInstances(index, store, runtime.executor(), config.window()),
                                config.largest())
                        : Sizes.configured(config.largest()),
                new CloudWatchFigures(cloudWatch, config.namespace(), config.clusterName()));
        this.clock = runtime.clock();
        // What it publishes with is not tried: PutMetricData is a write.
        this.priming = Priming.with("instances", instances::all).and("waiting line", () -> index.waiting(1));
    }

    @Override
    public Priming priming() {
        return priming;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) {
        PowertoolsLogging.withLogging(context, () -> metric.sample(clock.instant()));
    }
}
