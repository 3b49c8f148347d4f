package dev.spillway.drain;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spillway.common.ecs.EcsTaskStopper;
import dev.spillway.common.function.Calls;
import dev.spillway.common.function.FunctionRuntime;
import dev.spillway.common.function.Priming;
import dev.spillway.common.function.SnapStarted;
import dev.spillway.drain.event.Event;
import dev.spillway.drain.event.EventReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import org.crac.Core;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/** The function as Lambda calls it: with an event of EventBridge. */
public final class DrainHookHandler implements RequestStreamHandler, SnapStarted {

    /**
     * How many instances are looked at at the same time. A look costs two to four calls of some 40 ms: two at once make about
     * fifty a second, half of them lists and descriptions. Of those ECS allows a hundred at once and then twenty a second (ECS
     * developer guide, "Request throttling"), so that a hundred instances are looked at in some seven seconds and, by this reckoning, none is refused.
     */
    private static final int AT_ONCE = 2;

    /** For priming: an instance id that is never given. */
    private static final String NO_INSTANCE = "i-00000000000000000";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EventReader reader;
    private final DrainHook drainHook;
    private final DrainMetrics metrics;
    private final Priming priming;
    private final Clock clock;

    /** As Lambda starts it. */
    public DrainHookHandler() {
        this(FunctionRuntime.deployed());
        Core.getGlobalContext().register(this);
    }

    /** With everything from outside handed in. */
    public DrainHookHandler(FunctionRuntime runtime) {
        DrainHookConfig config = DrainHookConfig.read(runtime.environment());
        EcsClient ecs = runtime.aws().client(EcsClient.class, EcsClient::builder);
        AutoScalingClient autoScaling = runtime.aws().client(AutoScalingClient.class, AutoScalingClient::builder);
        this.reader = new EventReader(config.groups(), config.hook(), config.cluster());
        LifecycleActions actions = new LifecycleActions(autoScaling, config.hook());
        ContainerInstancesGoing instances = new ContainerInstancesGoing(ecs, config.cluster());
        this.drainHook = new DrainHook(
                config.groups(),
                actions,
                instances,
                new EcsTaskStopper(ecs, config.cluster()),
                () -> new Daemons(ecs, config.cluster(), config.daemonFamilies()),
                () -> new Calls<>(runtime.executor(), AT_ONCE));
        this.metrics = new DrainMetrics(runtime.metrics());
        this.clock = runtime.clock();
        this.priming = Priming.with("event", () -> reader.read(JSON.createObjectNode()))
                .and("groups", () -> actions.look(config.groups()))
                .and("instances", () -> instances.find(List.of(NO_INSTANCE)));
    }

    @Override
    public Priming priming() {
        return priming;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode json = JSON.readTree(input);
        PowertoolsLogging.withLogging(context, () -> handle(reader.read(json)));
    }

    private DrainHook.Result handle(Event event) {
        DrainHook.Result result = drainHook.handle(event, clock.instant());
        metrics.publish(result);
        result.check();
        return result;
    }
}
