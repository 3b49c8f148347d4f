package dev.spillway.local.system;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import dev.spillway.common.function.FunctionRuntime;
import dev.spillway.local.ec2.MetricSink;
import dev.spillway.local.eventbridge.AsyncDelivery;
import dev.spillway.local.eventbridge.Envelope;
import dev.spillway.local.eventbridge.EventBus;
import dev.spillway.local.eventbridge.EventPattern;
import dev.spillway.local.eventbridge.Schedules;
import dev.spillway.local.eventsource.Mapping;
import dev.spillway.local.eventsource.SqsEventSourceMapping;
import dev.spillway.local.functions.FunctionHost;
import dev.spillway.local.functions.FunctionMetrics;
import dev.spillway.local.sqs.EmbeddedSqs;
import dev.spillway.local.sqs.PollingClient;
import dev.spillway.local.stream.TableStream;
import dev.spillway.local.template.EventSource;
import dev.spillway.local.template.FunctionResource;
import dev.spillway.local.template.Template;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The functions of the template, each with the event sources that the template gives it. */
final class LocalFunctions implements AutoCloseable {

    /** Receives that may be under way at once for one queue, and the deletes beside them. */
    private static final int CONNECTIONS = 32;

    private final List<SqsEventSourceMapping> mappings = new ArrayList<>();
    private final List<TableStream> streams = new ArrayList<>();
    private final SqsClient polling;

    private LocalFunctions(SqsClient polling) {
        this.polling = polling;
    }

    /** What event sources are made of. */
    record Sources(
            EmbeddedSqs sqs,
            RecordWatch watch,
            Map<String, String> queueUrls,
            Map<String, String> queueArns,
            EventBus bus,
            AsyncDelivery delivery,
            ScheduledExecutorService scheduler,
            Envelope envelope) {}

    static LocalFunctions start(
            Template template,
            Function<FunctionResource, FunctionRuntime> runtimes,
            Sources sources,
            Clock clock,
            MetricSink metrics) {
        LocalFunctions functions = new LocalFunctions(PollingClient.at(
                sources.sqs().endpoint(), Region.of(sources.envelope().region()), CONNECTIONS));
        Schedules schedules = new Schedules(sources.scheduler(), clock, sources.delivery(), sources.envelope());
        List<FunctionHost> hosts = template.functions().stream()
                .map(function -> FunctionHost.start(
                        function,
                        runtimes.apply(function),
                        FunctionMetrics.of(function.name(), metrics, clock, Runnable::run)))
                .collect(Collectors.toList());
        // Rules first: what a message starts may send an event at once.
        for (FunctionHost host : hosts) {
            for (EventSource source : host.function().events()) {
                switch (source) {
                    case EventSource.EventBridgeRule rule ->
                        sources.bus().addRule(ruleName(host, rule), EventPattern.parse(rule.pattern()), host::invoke);
                    case EventSource.Schedule schedule ->
                        schedules.start(ruleName(host, schedule), schedule.expression(), host::invoke);
                    case EventSource.DynamoDbStream stream -> functions.follow(host, stream, sources.watch());
                    case EventSource.Sqs queue -> {
                        // Below, when everything else is there.
                    }
                }
            }
        }
        for (FunctionHost host : hosts) {
            host.function().events().stream()
                    .filter(EventSource.Sqs.class::isInstance)
                    .map(EventSource.Sqs.class::cast)
                    .forEach(queue -> functions.mappings.add(functions.map(host, queue, sources, clock)));
        }
        return functions;
    }

    private SqsEventSourceMapping map(FunctionHost host, EventSource.Sqs queue, Sources sources, Clock clock) {
        Mapping mapping = new Mapping(
                required(sources.queueUrls(), queue.queue()),
                required(sources.queueArns(), queue.queue()),
                sources.envelope().region(),
                queue.batchSize(),
                queue.batchingWindow(),
                queue.reportBatchItemFailures(),
                queue.maximumConcurrency());
        return SqsEventSourceMapping.start(
                mapping,
                polling,
                event -> host.invoke(event, SQSBatchResponse.class),
                sources.sqs().handedOut()::contains,
                sources.sqs().handedOut()::deleted,
                clock);
    }

    private void follow(FunctionHost host, EventSource.DynamoDbStream source, RecordWatch watch) {
        TableStream stream = TableStream.start(
                source.streamArn(), source.batchSize(), event -> host.invoke(event, StreamsEventResponse.class));
        streams.add(stream);
        watch.addImages(stream::written);
    }

    private static String required(Map<String, String> queues, String logicalId) {
        String value = queues.get(logicalId);
        if (value == null) {
            throw new SystemStartException("template.yaml: no queue has the logical id " + logicalId + ".");
        }
        return value;
    }

    private static String ruleName(FunctionHost host, EventSource source) {
        return host.function().logicalId() + source.name();
    }

    /** Takes no more messages, and lets the functions end that have some. */
    @Override
    public void close() throws InterruptedException {
        mappings.forEach(SqsEventSourceMapping::close);
        polling.close();
        for (TableStream stream : streams) {
            stream.close();
        }
    }
}
