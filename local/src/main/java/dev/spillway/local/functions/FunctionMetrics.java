package dev.spillway.local.functions;

import dev.spillway.local.ec2.MetricSink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What Lambda tells CloudWatch of a function, by {@code FunctionName} (Lambda developer guide, "Types of metrics for Lambda
 * functions"). All of it has the time at which the function was invoked. Nothing throttles here, and each invocation says
 * so. Safe for use by many threads.
 */
public final class FunctionMetrics {

    private static final String NAMESPACE = "AWS/Lambda";
    private static final double NANOS_OF_MILLISECOND = 1_000_000;

    private final MetricSink sink;
    private final Clock clock;
    private final Consumer<Runnable> atEnd;
    private final Map<String, String> dimensions;
    private final AtomicInteger underWay = new AtomicInteger();

    /** An invocation that is under way. */
    @FunctionalInterface
    interface Invocation {

        /** Called once, when the handler has returned or thrown. */
        void returned(boolean failed);
    }

    private FunctionMetrics(String functionName, MetricSink sink, Clock clock, Consumer<Runnable> atEnd) {
        this.sink = sink;
        this.clock = clock;
        this.atEnd = atEnd;
        this.dimensions = Map.of("FunctionName", functionName);
    }

    /**
     * The metrics of one function.
     *
     * @param atEnd gets what is to be done when an invocation is over: now, where handlers take their time, or later, where
     *     a handler does all its work at one instant
     */
    public static FunctionMetrics of(String functionName, MetricSink sink, Clock clock, Consumer<Runnable> atEnd) {
        return new FunctionMetrics(functionName, sink, clock, atEnd);
    }

    /** Metrics that nobody sees. */
    public static FunctionMetrics none(Clock clock) {
        return new FunctionMetrics("none", (namespace, name, dimensions, value, at) -> {}, clock, Runnable::run);
    }

    Invocation begin() {
        Instant invoked = clock.instant();
        put("ConcurrentExecutions", underWay.incrementAndGet(), invoked);
        return failed -> atEnd.accept(() -> {
            underWay.decrementAndGet();
            put("Invocations", 1, invoked);
            put("Errors", failed ? 1 : 0, invoked);
            put("Throttles", 0, invoked);
            put("Duration", Duration.between(invoked, clock.instant()).toNanos() / NANOS_OF_MILLISECOND, invoked);
        });
    }

    private void put(String name, double value, Instant at) {
        sink.put(NAMESPACE, name, dimensions, value, at);
    }
}
