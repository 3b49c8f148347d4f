package dev.spillway.local.simulation;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import dev.spillway.common.function.FunctionRuntime;
import dev.spillway.local.ec2.MetricSink;
import dev.spillway.local.functions.FunctionHost;
import dev.spillway.local.functions.FunctionMetrics;
import dev.spillway.local.template.EventSource;
import dev.spillway.local.template.FunctionResource;
import dev.spillway.local.time.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The functions of the template on the timeline, each with the event sources that the template gives it. */
final class SimulatedFunctions {

    private final SimulatedSqs sqs;
    private final SimulatedBus bus;
    private final String region;
    private final Duration invocationTime;
    private final Timeline timeline;
    private final MetricSink metrics;

    SimulatedFunctions(
            SimulatedSqs sqs,
            SimulatedBus bus,
            String region,
            Duration invocationTime,
            Timeline timeline,
            MetricSink metrics) {
        this.sqs = sqs;
        this.bus = bus;
        this.region = region;
        this.invocationTime = invocationTime;
        this.timeline = timeline;
        this.metrics = metrics;
    }

    void start(List<FunctionResource> functions, Function<FunctionResource, FunctionRuntime> runtimes) {
        for (FunctionResource function : functions) {
            if (function.events().stream().allMatch(EventSource.DynamoDbStream.class::isInstance)) {
                // The table in memory has no stream. What follows it tells others, and moves no task.
                continue;
            }
            FunctionHost host = FunctionHost.start(
                    function,
                    runtimes.apply(function),
                    FunctionMetrics.of(
                            function.name(),
                            metrics,
                            timeline.clock(),
                            over -> timeline.schedule(invocationTime, over)));
            function.events().forEach(source -> connect(host, source));
        }
    }

    private void connect(FunctionHost host, EventSource source) {
        String rule = host.function().logicalId() + source.name();
        switch (source) {
            case EventSource.Sqs queue ->
                SimulatedMapping.start(
                        queue,
                        sqs.queue(queue.queue()),
                        event -> host.invoke(event, SQSBatchResponse.class),
                        region,
                        invocationTime,
                        timeline);
            case EventSource.DynamoDbStream stream ->
                throw new UnsupportedOperationException(host.function().logicalId()
                        + ": a function on a stream and on something else is not simulated");
            case EventSource.EventBridgeRule pattern -> bus.addRule(rule, pattern.pattern(), host::invoke);
            case EventSource.Schedule schedule -> bus.addSchedule(rule, schedule.expression(), host::invoke);
        }
    }
}
