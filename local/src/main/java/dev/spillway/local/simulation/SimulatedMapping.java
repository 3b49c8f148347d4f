package dev.spillway.local.simulation;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import dev.spillway.local.eventsource.BatchFunction;
import dev.spillway.local.eventsource.BatchOutcome;
import dev.spillway.local.eventsource.SqsEvents;
import dev.spillway.local.functions.FunctionError;
import dev.spillway.local.template.EventSource;
import dev.spillway.local.time.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * An event source mapping on the timeline (Lambda developer guide, "Using Lambda with Amazon SQS"). An invocation does
 * all its work at one instant, and keeps its place among the concurrent ones for as long as a real one would take.
 */
final class SimulatedMapping {

    private final EventSource.Sqs source;
    private final SimulatedQueue queue;
    private final BatchFunction function;
    private final String region;
    private final Duration invocationTime;
    private final Timeline timeline;
    private int underWay;

    /**
     * Starts to listen to a queue.
     *
     * @param invocationTime how long one invocation takes
     */
    static void start(
            EventSource.Sqs source,
            SimulatedQueue queue,
            BatchFunction function,
            String region,
            Duration invocationTime,
            Timeline timeline) {
        SimulatedMapping mapping = new SimulatedMapping(source, queue, function, region, invocationTime, timeline);
        queue.onArrival(mapping::arrived);
    }

    private SimulatedMapping(
            EventSource.Sqs source,
            SimulatedQueue queue,
            BatchFunction function,
            String region,
            Duration invocationTime,
            Timeline timeline) {
        this.source = source;
        this.queue = queue;
        this.function = function;
        this.region = region;
        this.invocationTime = invocationTime;
        this.timeline = timeline;
    }

    private void arrived() {
        boolean full = queue.visible() >= source.batchSize();
        timeline.schedule(full ? Duration.ZERO : source.batchingWindow(), this::poll);
    }

    private void poll() {
        while (underWay < source.maximumConcurrency()) {
            List<Message> batch = queue.receive(source.batchSize());
            if (batch.isEmpty()) {
                return;
            }
            underWay++;
            invoke(batch).forEach(queue::delete);
            timeline.schedule(invocationTime, () -> {
                underWay--;
                poll();
            });
        }
    }

    private Set<String> invoke(List<Message> batch) {
        Set<String> ids = batch.stream().map(Message::messageId).collect(Collectors.toSet());
        try {
            SQSBatchResponse response = function.invoke(SqsEvents.event(batch, queue.arn(), region));
            return BatchOutcome.succeeded(ids, source.reportBatchItemFailures(), response);
        } catch (FunctionError | FunctionCrash failed) {
            return Set.of();
        }
    }
}
