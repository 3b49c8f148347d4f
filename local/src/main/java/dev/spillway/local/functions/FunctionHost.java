package dev.spillway.local.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spillway.common.function.FunctionRuntime;
import dev.spillway.local.template.FunctionResource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.time.Clock;
import java.util.UUID;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One function of the template, made once and invoked as Lambda does. Invocations run on the caller's thread and may
 * overlap: where Lambda would start another execution environment, here one handler serves them all, so handlers are
 * thread-safe. The function's timeout is what its context counts down to; a handler that overruns it is not cut off.
 */
public final class FunctionHost {

    private static final Logger LOG = LoggerFactory.getLogger(FunctionHost.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FunctionResource function;
    private final Clock clock;
    private final Object handler;
    private final FunctionMetrics metrics;

    private FunctionHost(FunctionResource function, Clock clock, Object handler, FunctionMetrics metrics) {
        this.function = function;
        this.clock = clock;
        this.handler = handler;
        this.metrics = metrics;
    }

    /** A function whose invocations nobody counts; see {@link #start(FunctionResource, FunctionRuntime, FunctionMetrics)}. */
    public static FunctionHost start(FunctionResource function, FunctionRuntime runtime) {
        return start(function, runtime, FunctionMetrics.none(runtime.clock()));
    }

    /**
     * Makes the function's handler by its public constructor that takes a {@link FunctionRuntime}. With SnapStart the hooks
     * around the snapshot run too.
     *
     * @param runtime what the handler gets; its environment is the function's own
     * @param metrics are told of every invocation
     * @throws FunctionInitException if there is no such class or constructor, or if it or a hook throws
     */
    public static FunctionHost start(FunctionResource function, FunctionRuntime runtime, FunctionMetrics metrics) {
        try {
            AskedVariables variables = new AskedVariables(runtime.environment());
            Object handler = Class.forName(function.handler())
                    .getConstructor(FunctionRuntime.class)
                    .newInstance(runtime.with(variables));
            if (!(handler instanceof RequestHandler<?, ?>) && !(handler instanceof RequestStreamHandler)) {
                throw failure(function, "it is neither a RequestHandler nor a RequestStreamHandler.", null);
            }
            if (!variables.unasked().isEmpty()) {
                throw failure(
                        function,
                        "it never asks for the variables that it is given: %s."
                                .formatted(String.join(", ", variables.unasked())),
                        null);
            }
            if (function.snapStart() && handler instanceof Resource hooks) {
                snapshot(function, hooks);
            }
            return new FunctionHost(function, runtime.clock(), handler, metrics);
        } catch (ClassNotFoundException e) {
            throw failure(function, "there is no such class.", e);
        } catch (NoSuchMethodException e) {
            throw failure(function, "it has no public constructor that takes a FunctionRuntime.", e);
        } catch (InvocationTargetException e) {
            throw failure(function, String.valueOf(e.getCause()), e);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw failure(function, e.toString(), e);
        }
    }

    /**
     * As Lambda does with a version that is published and then started from its snapshot. The handler is asked itself:
     * without a JVM that takes snapshots, CRaC's context keeps nobody that registers.
     */
    private static void snapshot(FunctionResource function, Resource hooks) {
        try {
            hooks.beforeCheckpoint(Core.getGlobalContext());
            hooks.afterRestore(Core.getGlobalContext());
        } catch (Exception e) {
            throw failure(function, "a hook of its snapshot fails: " + e, e);
        }
    }

    /** The function that runs here. */
    public FunctionResource function() {
        return function;
    }

    /**
     * Invokes a {@link RequestHandler} with its event object.
     *
     * @param answerType the class of its answer
     * @throws FunctionError if the handler throws
     * @throws IllegalStateException if the handler takes JSON, or answers something else
     */
    public <O> O invoke(Object event, Class<O> answerType) {
        if (!(handler instanceof RequestHandler<?, ?> typed)) {
            throw new IllegalStateException("The function %s takes JSON.".formatted(function.name()));
        }
        // The event source is what decides the type, as in Lambda; a wrong one is a ClassCastException, and reported.
        @SuppressWarnings("unchecked")
        RequestHandler<Object, Object> untyped = (RequestHandler<Object, Object>) typed;
        Object answer = call(() -> untyped.handleRequest(event, context()));
        if (!answerType.isInstance(answer)) {
            throw new IllegalStateException(
                    "The function %s answered no %s.".formatted(function.name(), answerType.getSimpleName()));
        }
        return answerType.cast(answer);
    }

    /**
     * Invokes a {@link RequestStreamHandler} with an event as JSON.
     *
     * @return what it wrote, empty if nothing
     * @throws FunctionError if the handler throws
     * @throws IllegalStateException if the handler takes an object
     */
    public byte[] invoke(JsonNode event) {
        if (!(handler instanceof RequestStreamHandler stream)) {
            throw new IllegalStateException("The function %s takes no JSON.".formatted(function.name()));
        }
        return call(() -> {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            stream.handleRequest(new ByteArrayInputStream(JSON.writeValueAsBytes(event)), answer, context());
            return answer.toByteArray();
        });
    }

    private interface Call<T> {
        T run() throws Exception;
    }

    private <T> T call(Call<T> call) {
        FunctionMetrics.Invocation invocation = metrics.begin();
        boolean returned = false;
        try {
            T answer = call.run();
            returned = true;
            return answer;
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            throw new FunctionError(function.name(), e);
        } finally {
            // Also when it ends as nothing here expects: an execution environment that crashes is an error, too.
            invocation.returned(!returned);
        }
    }

    private Context context() {
        return new InvocationContext(
                UUID.randomUUID().toString(),
                function.name(),
                function.memory(),
                clock.instant().plus(function.timeout()),
                clock,
                line -> LOG.info("{}: {}", function.name(), line));
    }

    private static FunctionInitException failure(FunctionResource function, String reason, @Nullable Throwable cause) {
        return new FunctionInitException(function.name(), function.handler(), reason, cause);
    }
}
