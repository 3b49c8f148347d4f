package dev.spillway.local.bench;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.spillway.common.aws.SdkClients;
import dev.spillway.common.function.FunctionRuntime;
import dev.spillway.local.functions.FunctionHost;
import dev.spillway.local.metrics.PublishedMetrics;
import dev.spillway.local.template.Deployment;
import dev.spillway.local.template.FunctionResource;
import dev.spillway.local.template.LocalResourceValues;
import dev.spillway.local.template.Template;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * How long the driver takes for a batch of ten when each call to AWS takes 20 ms, with each HTTP client that the SDK
 * has for a function, and how many connections it opens for that.
 *
 * <p>docs/benchmarks.md says how to start it, and what came out.
 */
public final class BatchLatencyBenchmark {

    private static final Duration LATENCY = Duration.ofMillis(20);
    private static final int MESSAGES = 10;
    private static final int WARM_UP = 100;
    private static final int MEASURED = 200;

    private BatchLatencyBenchmark() {}

    /** Takes the names of the HTTP clients, apache5 or url-connection; measures the first one cold. */
    public static void main(String[] clients) throws IOException {
        for (String client : clients.length == 0 ? new String[] {"apache5"} : clients) {
            try (SdkHttpClient http = httpClient(client);
                    DistantAws aws = new DistantAws(LATENCY)) {
                measure(client, http, aws);
            }
        }
    }

    private static SdkHttpClient httpClient(String name) {
        return switch (name) {
            case "apache5" -> SdkClients.httpClient();
            case "url-connection" -> UrlConnectionHttpClient.create();
            default -> throw new IllegalArgumentException("apache5 or url-connection, and not " + name);
        };
    }

    private static void measure(String client, SdkHttpClient http, DistantAws aws) {
        FunctionResource function = driverFunction(aws.endpoint());
        FunctionHost driver = FunctionHost.start(
                function,
                FunctionRuntime.onThisMachine(
                        function.environment(),
                        SdkClients.at(aws.endpoint(), Region.US_EAST_1, http),
                        new PublishedMetrics()));
        double first = batch(driver);
        System.out.printf(
                "%s: first batch %.0f ms, %s, %d connections%n", client, first, aws.calls(), aws.connections());
        IntStream.range(0, WARM_UP).forEach(i -> batch(driver));
        aws.forget();
        double[] times = IntStream.range(0, MEASURED)
                .mapToDouble(i -> batch(driver))
                .sorted()
                .toArray();
        System.out.printf(
                "%s: %d warm batches of %d: median %.1f ms, p90 %.1f ms, max %.1f ms; three round trips are %d ms%n",
                client,
                MEASURED,
                MESSAGES,
                times[MEASURED / 2],
                times[MEASURED * 9 / 10],
                times[MEASURED - 1],
                LATENCY.toMillis() * 3);
        System.out.printf("%s: %s, by %d connections%n", client, aws.calls(), aws.connections());
    }

    private static FunctionResource driverFunction(URI sqs) {
        Template template = Template.read(
                Path.of(System.getProperty("spillway.home", "..")).resolve("template.yaml"),
                new Deployment("spillway", "us-east-1", "000000000000", Map.of("Subnets", "subnet-1")),
                new LocalResourceValues("us-east-1", "000000000000", sqs));
        return template.functions().stream()
                .filter(function -> function.logicalId().equals("DriverFunction"))
                .findFirst()
                .orElseThrow();
    }

    /** Milliseconds from the event to the answer. */
    private static double batch(FunctionHost driver) {
        SQSEvent event = event();
        long began = System.nanoTime();
        SQSBatchResponse answer = driver.invoke(event, SQSBatchResponse.class);
        double took = (System.nanoTime() - began) / 1e6;
        if (!answer.getBatchItemFailures().isEmpty()) {
            throw new IllegalStateException("messages came back: " + answer.getBatchItemFailures());
        }
        return took;
    }

    private static SQSEvent event() {
        SQSEvent event = new SQSEvent();
        event.setRecords(IntStream.range(0, MESSAGES)
                .mapToObj(i -> message(UUID.randomUUID().toString()))
                .toList());
        return event;
    }

    private static SQSEvent.SQSMessage message(String id) {
        SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
        message.setMessageId(id);
        message.setBody("{\"taskDefinition\": \"spillway-bench\"}");
        message.setEventSourceArn("arn:aws:sqs:us-east-1:000000000000:tasks");
        message.setAttributes(
                Map.of("SentTimestamp", Long.toString(Instant.now().toEpochMilli())));
        message.setMessageAttributes(Map.of());
        return message;
    }
}
