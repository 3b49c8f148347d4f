package dev.spillway.capacitymetric;

import com.amazonaws.services.lambda.runtime.Context;
import dev.spillway.common.aws.AwsClients;
import dev.spillway.common.function.FunctionRuntime;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.store.TaskTables;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;
import software.amazon.lambda.powertools.metrics.MetricsFactory;

/** The function with its handler, on a cluster and a table of a test. */
public final class TestFunction {

    private final CapacityMetricHandler handler;

    public TestFunction(
            Map<String, String> environment,
            AwsClients aws,
            TaskStore store,
            TaskIndex index,
            Clock clock,
            Executor executor) {
        TaskTables tables = new TaskTables() {
            @Override
            public TaskStore store(String name) {
                return store;
            }

            @Override
            public TaskIndex index(String name) {
                return index;
            }
        };
        this.handler = new CapacityMetricHandler(
                new FunctionRuntime(environment, aws, tables, clock, executor, MetricsFactory.getMetricsInstance()));
    }

    public void invoke() {
        handler.handleRequest(InputStream.nullInputStream(), OutputStream.nullOutputStream(), context());
    }

    /** The names of its own methods are as good as any answer. */
    private static Context context() {
        return (Context) Proxy.newProxyInstance(
                TestFunction.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    if (method.getReturnType() == int.class) {
                        return 0;
                    }
                    return method.getReturnType() == String.class ? method.getName() : null;
                });
    }
}
