package dev.spillway.driver;

import dev.spillway.common.ecs.EcsContainerInstances;
import dev.spillway.common.ecs.EcsTaskDefinitions;
import dev.spillway.common.ecs.EcsTaskStopper;
import dev.spillway.common.ecs.TaskStopper;
import dev.spillway.common.function.FunctionRuntime;
import dev.spillway.common.function.Priming;
import dev.spillway.common.message.ReleaseMessage;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskStore;
import dev.spillway.driver.chain.FallbackChain;
import dev.spillway.driver.chain.Materials;
import dev.spillway.driver.chain.RefusalMemory;
import dev.spillway.driver.launch.AwsLauncher;
import dev.spillway.driver.launch.EcsLauncher;
import dev.spillway.driver.launch.LambdaLauncher;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Puts the driver together, once for the life of the function. */
record DriverWiring(
        DriverConfig config,
        Driver driver,
        Resumption resumption,
        LineWatch line,
        Batch batch,
        DriverMetrics metrics,
        Priming priming) {

    static DriverWiring of(FunctionRuntime runtime) {
        DriverConfig config = DriverConfig.read(runtime.environment());
        EcsClient ecs = runtime.aws().client(EcsClient.class, EcsClient::builder);
        SqsClient sqs = runtime.aws().client(SqsClient.class, SqsClient::builder);
        LambdaClient lambda = runtime.aws().client(LambdaClient.class, LambdaClient::builder);
        TaskStore store = runtime.tables().store(config.table());
        RefusalMemory memory = new RefusalMemory();
        FallbackChain chain = new FallbackChain(config.providers().areThere(), config.largestInstance());
        Steps steps = new Steps(chain, config.providers().patience(), config.retention());
        Materials materials = new Materials(new EcsTaskDefinitions(ecs));
        FirstLaunch firstLaunch = new FirstLaunch(chain, memory);
        TaskStopper stopper = new EcsTaskStopper(ecs, config.cluster());
        // Made when it is asked for, so that copies restored from one snapshot do not share it.
        // Random in each copy of a snapshot (Lambda developer guide, "Handling uniqueness with Lambda SnapStart").
        Supplier<String> claims = () -> UUID.randomUUID().toString();
        Launching launching = new Launching(
                store,
                new AwsLauncher(
                        new EcsLauncher(ecs, config.cluster(), config.network(), config.providers()),
                        new LambdaLauncher(config.cluster(), lambda)),
                stopper,
                new EcsFreeRoom(new EcsContainerInstances(ecs, config.cluster())),
                chain,
                memory,
                steps,
                runtime.clock());
        Resumption resumption = new Resumption(store, materials, firstLaunch, steps, launching, claims);
        TaskIndex index = runtime.tables().index(config.table());
        LineWatch line = new LineWatch(index, runtime.executor());
        // A capacity provider takes who comes first, so there nobody can be let go first.
        Driver driver = new Driver(
                config.allowed(),
                materials,
                firstLaunch,
                store,
                steps,
                launching,
                config.providers().areThere() ? line.outsideEc2() : line,
                resumption,
                new Rejection(store, new SqsDeadLetters(sqs, config.deadLetterQueueUrl()), config.retention()),
                new Cancellation(store, stopper, new EcsStartedTasks(ecs, config.cluster()), steps),
                claims);
        return new DriverWiring(
                config,
                driver,
                resumption,
                line,
                new Batch(runtime.executor()),
                new DriverMetrics(runtime.metrics()),
                DriverPriming.of(config, ecs, store, index, runtime.clock()));
    }

    /** Sends a message where its queue says. Only the deployment's own functions may send to the release queue. */
    Outcome handle(Delivery delivery, Instant now) {
        return delivery.queueArn().equals(config.releaseQueueArn())
                ? resumption.resume(ReleaseMessage.read(delivery.body()), now)
                : driver.handle(delivery, now);
    }
}
