package dev.spillway.local.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Reads an {@code AWS::Serverless::Function}; what is left out has the default of Lambda or SAM. */
final class FunctionReader {

    private static final int DEFAULT_TIMEOUT_SECONDS = 3;
    private static final int DEFAULT_MEMORY = 128;
    private static final int DEFAULT_BATCH_SIZE = 10;
    private static final int DEFAULT_STREAM_BATCH_SIZE = 100;
    private static final int LONGEST_WINDOW_SECONDS = 300;
    private static final int HIGHEST_CONCURRENCY = 1_000;

    /** Those that change nothing on one machine are known too, so that they can be told from misspelt ones. */
    private static final Set<String> KNOWN = Set.of(
            "FunctionName",
            "Description",
            "Handler",
            "CodeUri",
            "Runtime",
            "Architectures",
            "Timeout",
            "MemorySize",
            "Environment",
            "Events",
            "Policies",
            "SnapStart",
            "AutoPublishAlias",
            "AutoPublishAliasAllProperties",
            "VersionDescription",
            "ReservedConcurrentExecutions",
            "LoggingConfig",
            "Tags",
            "Tracing");

    private static final Set<String> KNOWN_SQS = Set.of(
            "Queue",
            "BatchSize",
            "MaximumBatchingWindowInSeconds",
            "FunctionResponseTypes",
            "ScalingConfig",
            "Enabled");

    private static final Set<String> KNOWN_STREAM = Set.of(
            "Stream",
            "StartingPosition",
            "BatchSize",
            "FunctionResponseTypes",
            "BisectBatchOnFunctionError",
            "MaximumRetryAttempts",
            "DestinationConfig",
            "Enabled");

    private final BiFunction<String, Integer, String> queueByArn;

    /**
     * A reader of functions.
     *
     * @param queueByArn the logical id of the queue with an ARN that stands at a line
     */
    FunctionReader(BiFunction<String, Integer, String> queueByArn) {
        this.queueByArn = queueByArn;
    }

    FunctionResource read(Resource resource, Properties properties) {
        properties.only(KNOWN);
        return new FunctionResource(
                resource.logicalId(),
                resource.name(),
                properties.requiredText("Handler"),
                properties
                        .object("Environment")
                        .flatMap(environment ->
                                environment.only(Set.of("Variables")).object("Variables"))
                        .map(Properties::texts)
                        .orElse(Map.of()),
                Duration.ofSeconds(properties.integer("Timeout", DEFAULT_TIMEOUT_SECONDS)),
                properties.integer("MemorySize", DEFAULT_MEMORY),
                snapStart(properties),
                events(properties));
    }

    private static boolean snapStart(Properties properties) {
        Optional<String> applyOn = properties
                .object("SnapStart")
                .map(snapStart -> snapStart.only(Set.of("ApplyOn")).requiredText("ApplyOn"));
        if (applyOn.isPresent() && !Set.of("None", "PublishedVersions").contains(applyOn.get())) {
            throw new TemplateException(properties.line(), "SnapStart applies on PublishedVersions or None.");
        }
        boolean published = applyOn.filter("PublishedVersions"::equals).isPresent();
        if (published && properties.text("AutoPublishAlias").isEmpty()) {
            throw new TemplateException(
                    properties.line(), "SnapStart without AutoPublishAlias does nothing: no version is published.");
        }
        return published;
    }

    /** SAM's rule for {@code Globals}: objects are merged, lists are added, the function's own plain values win. */
    static Value merge(Value global, Value own) {
        if (global instanceof Value.Fields globals && own instanceof Value.Fields fields) {
            Map<String, Value> merged = new LinkedHashMap<>(globals.values());
            fields.values().forEach((key, value) -> merged.merge(key, value, FunctionReader::merge));
            return new Value.Fields(merged, fields.line());
        }
        if (global instanceof Value.Items globals && own instanceof Value.Items items) {
            List<Value> all = new ArrayList<>(globals.values());
            all.addAll(items.values());
            return new Value.Items(all, items.line());
        }
        return own;
    }

    private List<EventSource> events(Properties properties) {
        List<EventSource> events = new ArrayList<>();
        properties.namedObjects("Events").forEach((name, event) -> {
            event.only(Set.of("Type", "Properties"));
            Properties details = event.object("Properties")
                    .orElseThrow(() -> new TemplateException(event.line(), name + " needs Properties."));
            events.add(
                    switch (event.requiredText("Type")) {
                        case "SQS" -> sqs(name, details);
                        case "EventBridgeRule" -> {
                            details.only(Set.of("Pattern"));
                            yield new EventSource.EventBridgeRule(name, details.requiredJson("Pattern"));
                        }
                        case "DynamoDB" -> stream(name, details);
                        case "Schedule" -> {
                            details.only(Set.of("Schedule", "Name", "Description", "Enabled"));
                            yield new EventSource.Schedule(name, details.requiredText("Schedule"));
                        }
                        default ->
                            throw new TemplateException(
                                    event.line(),
                                    "%s has an event type that is not known here: SQS, DynamoDB, EventBridgeRule, Schedule are."
                                            .formatted(name));
                    });
        });
        return events;
    }

    private EventSource.Sqs sqs(String name, Properties details) {
        details.only(KNOWN_SQS);
        int window = details.integer("MaximumBatchingWindowInSeconds", 0);
        int batchSize = details.integer("BatchSize", DEFAULT_BATCH_SIZE);
        if (window > LONGEST_WINDOW_SECONDS) {
            throw new TemplateException(details.line(), "%s: a batching window is at most 300 s.".formatted(name));
        }
        if (batchSize < 1) {
            throw new TemplateException(
                    details.line(), "%s: a batch has at least one message, not %d.".formatted(name, batchSize));
        }
        if (batchSize > 10 && window == 0) {
            throw new TemplateException(
                    details.line(), "%s: a batch size above 10 needs a batching window.".formatted(name));
        }
        return new EventSource.Sqs(
                name,
                queueByArn.apply(details.requiredText("Queue"), details.line()),
                batchSize,
                Duration.ofSeconds(window),
                details.textItems("FunctionResponseTypes").contains("ReportBatchItemFailures"),
                concurrency(name, details));
    }

    private static EventSource.DynamoDbStream stream(String name, Properties details) {
        details.only(KNOWN_STREAM);
        return new EventSource.DynamoDbStream(
                name,
                details.requiredText("Stream"),
                details.integer("BatchSize", DEFAULT_STREAM_BATCH_SIZE),
                details.textItems("FunctionResponseTypes").contains("ReportBatchItemFailures"));
    }

    private static int concurrency(String name, Properties details) {
        int concurrency = details.object("ScalingConfig")
                .map(scaling ->
                        scaling.only(Set.of("MaximumConcurrency")).integer("MaximumConcurrency", HIGHEST_CONCURRENCY))
                .orElse(HIGHEST_CONCURRENCY);
        if (concurrency < 2 || concurrency > HIGHEST_CONCURRENCY) {
            throw new TemplateException(
                    details.line(), "%s: MaximumConcurrency is 2 to 1,000, not %d.".formatted(name, concurrency));
        }
        return concurrency;
    }
}
