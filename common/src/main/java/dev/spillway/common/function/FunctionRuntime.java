package dev.spillway.common.function;

import dev.spillway.common.aws.AwsClients;
import dev.spillway.common.aws.SdkClients;
import dev.spillway.common.aws.SnapshotHttpClient;
import dev.spillway.common.store.TaskTables;
import java.time.Clock;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.crac.Core;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsFactory;

/**
 * All that a function gets from outside. A deployed function takes it from Lambda; the local system hands in its own,
 * so that the same handler runs in both.
 *
 * @param environment the function's environment variables; never logged
 * @param aws where its clients come from
 * @param tables where the records of the tasks are
 * @param clock the only source of time
 * @param executor runs what may go on at the same time; in simulated time it runs it at once
 * @param metrics where it publishes its metrics: CloudWatch's embedded metric format in a deployed function
 */
public record FunctionRuntime(
        Map<String, String> environment,
        AwsClients aws,
        TaskTables tables,
        Clock clock,
        Executor executor,
        Metrics metrics) {

    public FunctionRuntime {
        // Not a copy: who hands it in may want to know which variables are asked for.
        environment = Collections.unmodifiableMap(environment);
    }

    /** The runtime of a deployed function, whose connections end before a snapshot is taken of it. */
    public static FunctionRuntime deployed() {
        SnapshotHttpClient http = new SnapshotHttpClient(SdkClients::httpClient);
        Core.getGlobalContext().register(http);
        AwsClients aws = SdkClients.sharing(http);
        return onThisMachine(System.getenv(), aws, MetricsFactory.getMetricsInstance());
    }

    /** The same with other variables. */
    public FunctionRuntime with(Map<String, String> variables) {
        return new FunctionRuntime(variables, aws, tables, clock, executor, metrics);
    }

    /** The runtime of a function in real time. */
    public static FunctionRuntime onThisMachine(Map<String, String> environment, AwsClients aws, Metrics metrics) {
        return new FunctionRuntime(
                environment,
                aws,
                TaskTables.inDynamoDb(aws),
                Clock.systemUTC(),
                Executors.newVirtualThreadPerTaskExecutor(),
                metrics);
    }
}
