package dev.spillway.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.spillway.local.SmallServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * As much of DynamoDB and ECS as the driver's common path asks for, behind a network that takes its time: every call
 * is answered yes, after the latency. Counts the calls and the connections that they came by.
 */
final class DistantAws implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ARN = "arn:aws:ecs:us-east-1:000000000000:";

    private final Duration latency;
    private final SmallServer server;
    private final AtomicLong tasks = new AtomicLong();
    private final Map<String, AtomicLong> calls = new ConcurrentHashMap<>();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();

    DistantAws(Duration latency) throws IOException {
        this.latency = latency;
        server = SmallServer.start(this::answer);
    }

    URI endpoint() {
        return URI.create("http://" + server.authority());
    }

    /** Calls since the last {@link #forget}, by operation. */
    Map<String, Long> calls() {
        Map<String, Long> counted = new TreeMap<>();
        calls.forEach((operation, count) -> counted.put(operation, count.get()));
        return counted;
    }

    /** How many connections the calls since the last {@link #forget} came by. */
    int connections() {
        return connections.size();
    }

    void forget() {
        calls.clear();
        connections.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String operation = target.substring(target.indexOf('.') + 1);
        JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
        calls.computeIfAbsent(operation, name -> new AtomicLong()).incrementAndGet();
        connections.add(exchange.getRemoteAddress());
        pause();
        byte[] answer = answerTo(operation, request).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        SmallServer.respond(exchange, 200, answer);
    }

    private void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(latency.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String answerTo(String operation, JsonNode request) {
        return switch (operation) {
            case "PutItem" -> "{}";
            case "Query" -> "{\"Items\": [], \"Count\": 0, \"ScannedCount\": 0}";
            case "DescribeTaskDefinition" -> """
                    {"taskDefinition": {"taskDefinitionArn": "%stask-definition/spillway-bench:1", "family": "spillway-bench",
                     "revision": 1, "status": "ACTIVE", "compatibilities": ["EC2"], "networkMode": "bridge",
                     "containerDefinitions": [{"name": "main", "image": "none", "essential": true, "cpu": 256, "memory": 256}]}}
                    """.formatted(ARN);
            case "RunTask" ->
                """
                    {"failures": [], "tasks": [{"taskArn": "%stask/spillway/%d", "lastStatus": "PENDING", "version": 1,
                     "startedBy": "%s", "containerInstanceArn": "%scontainer-instance/spillway/1"}]}
                    """.formatted(
                        ARN, tasks.incrementAndGet(), request.get("startedBy").asText(), ARN);
            default -> throw new IllegalArgumentException("the common path does not ask for " + operation);
        };
    }

    @Override
    public void close() {
        server.close();
    }
}
