package dev.spillway.taskstate;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spillway.common.ecs.EcsContainerInstances;
import dev.spillway.common.ecs.EcsTaskDefinitions;
import dev.spillway.common.ecs.EcsTaskStopper;
import dev.spillway.common.ecs.TaskStopper;
import dev.spillway.common.function.FunctionRuntime;
import dev.spillway.common.function.Priming;
import dev.spillway.common.function.SnapStarted;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.TaskId;
import dev.spillway.taskstate.event.Event;
import dev.spillway.taskstate.event.EventReader;
import dev.spillway.taskstate.line.Line;
import dev.spillway.taskstate.line.ProviderLine;
import dev.spillway.taskstate.line.WaitingLine;
import dev.spillway.taskstate.stop.StopJudgement;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import org.crac.Core;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** The function as Lambda calls it: with an event of EventBridge. */
public final class TaskStateHandler implements RequestStreamHandler, SnapStarted {

    /** For priming: it is only read, so it does no harm if there is such a task. */
    private static final TaskId NOBODY = new TaskId("spillway-priming");

    /** For priming: the id of an ECS task of the cluster that there is not. */
    private static final String NO_TASK = "0".repeat(32);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EventReader reader;
    private final TaskState taskState;
    private final Priming priming;
    private final Metrics metrics;
    private final Clock clock;

    /** As Lambda starts it. */
    public TaskStateHandler() {
        this(FunctionRuntime.deployed());
        Core.getGlobalContext().register(this);
    }

    /** With everything from outside handed in. */
    public TaskStateHandler(FunctionRuntime runtime) {
        TaskStateConfig config = TaskStateConfig.read(runtime.environment());
        EcsClient ecs = runtime.aws().client(EcsClient.class, EcsClient::builder);
        TaskStore store = runtime.tables().store(config.table());
        TaskIndex index = runtime.tables().index(config.table());
        Releases releases =
                new SqsReleases(runtime.aws().client(SqsClient.class, SqsClient::builder), config.releaseQueueUrl());
        TaskStopper stopper = new EcsTaskStopper(ecs, config.cluster());
        StopJudgement judgement = new StopJudgement(config.maxLosses());
        Consequences consequences = new Consequences(config.retention());
        Line line = config.providersFindInstances()
                ? new ProviderLine(index)
                : new WaitingLine(index, new EcsContainerInstances(ecs, config.cluster()));
        Following following = new Following(
                store, new EcsTaskDefinitions(ecs), stopper, releases, new Moves(judgement, consequences));
        EcsTasks ecsTasks = new EcsTasks(ecs, config.cluster());
        Overdue overdue =
                new Overdue(stopper, following, new OverdueMoves(judgement, consequences), releases, config.patience());
        Sweep sweep = new Sweep(index, store, ecsTasks, overdue, releases, line, runtime.clock());
        this.reader = new EventReader(config.cluster());
        this.taskState = new TaskState(following, sweep, line, releases);
        this.metrics = runtime.metrics();
        this.clock = runtime.clock();
        this.priming = Priming.with("event", () -> reader.read(JSON.createObjectNode()))
                .and("record", () -> store.find(NOBODY))
                .and("due", () -> index.due(clock.instant(), 1))
                .and("tasks", () -> ecsTasks.describe(List.of(NO_TASK)));
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

    private List<Followed> handle(Event event) {
        List<Followed> followed = taskState.handle(event, clock.instant());
        if (!followed.isEmpty()) {
            followed.forEach(f -> metrics.addMetric(f.metric(), 1, MetricUnit.COUNT));
            metrics.flush();
        }
        return followed;
    }
}
