package dev.spillway.local.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.spillway.local.SmallServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Lambda's side of one execution environment (Lambda developer guide, "Using the Lambda runtime API"): the runtime in
 * the function's process asks it for the next event and posts what the function answered. With SnapStart the runtime asks,
 * when its hooks have run, whether its copy was restored; here it always was.
 */
final class RuntimeApi implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INVOCATION = "/2018-06-01/runtime/invocation/";

    private final SmallServer server;
    private final Duration timeout;
    private final BlockingQueue<Invocation> events = new LinkedBlockingQueue<>();
    private final Map<String, Invocation> underWay = new ConcurrentHashMap<>();
    private final CompletableFuture<Init> init = new CompletableFuture<>();
    private final CompletableFuture<Void> checkpoint = new CompletableFuture<>();

    /**
     * Starts to serve one process.
     *
     * @param timeout of the function
     */
    RuntimeApi(Duration timeout) throws IOException {
        this.timeout = timeout;
        server = SmallServer.start(this::answer);
    }

    /** How the start of a function ended. */
    sealed interface Init {

        /** It waits for events. */
        record Ready() implements Init {}

        /** Its constructor or a hook has thrown. */
        record Failed(JsonNode error) implements Init {}
    }

    /** What an invocation came to. */
    sealed interface Answer {

        /** What the handler answered; without an answer, nothing. */
        record Success(JsonNode body) implements Answer {}

        /** What it has thrown, with {@code errorType} and {@code errorMessage}. */
        record Failure(JsonNode error) implements Answer {}
    }

    private record Invocation(String id, byte[] event, CompletableFuture<Answer> answer) {}

    /** For {@code AWS_LAMBDA_RUNTIME_API}. */
    String authority() {
        return server.authority();
    }

    CompletableFuture<Init> init() {
        return init;
    }

    /** When the hooks before the snapshot have run. */
    CompletableFuture<Void> checkpoint() {
        return checkpoint;
    }

    CompletableFuture<Answer> invoke(JsonNode event) throws IOException {
        Invocation invocation =
                new Invocation(UUID.randomUUID().toString(), JSON.writeValueAsBytes(event), new CompletableFuture<>());
        underWay.put(invocation.id(), invocation);
        events.add(invocation);
        return invocation.answer();
    }

    /** The process has ended: nobody answers any more. */
    void ended(RuntimeException how) {
        init.completeExceptionally(how);
        checkpoint.completeExceptionally(how);
        underWay.values().forEach(invocation -> invocation.answer().completeExceptionally(how));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        switch (path) {
            case INVOCATION + "next" -> next(exchange);
            case "/2018-06-01/runtime/restore/next" -> {
                checkpoint.complete(null);
                SmallServer.respond(exchange, 200, new byte[0]);
            }
            case "/2018-06-01/runtime/init/error", "/2018-06-01/runtime/restore/error" -> {
                init.complete(new Init.Failed(JSON.readTree(body)));
                SmallServer.respond(exchange, 202, new byte[0]);
            }
            default -> ended(exchange, path, body);
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        init.complete(new Init.Ready());
        Invocation invocation;
        try {
            invocation = events.take();
        } catch (InterruptedException closed) {
            exchange.close();
            return;
        }
        exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", invocation.id());
        exchange.getResponseHeaders()
                .set(
                        "Lambda-Runtime-Deadline-Ms",
                        Long.toString(Instant.now().plus(timeout).toEpochMilli()));
        exchange.getResponseHeaders()
                .set(
                        "Lambda-Runtime-Invoked-Function-Arn",
                        "arn:aws:lambda:us-east-1:012345678910:function:under-test:live");
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        SmallServer.respond(exchange, 200, invocation.event());
    }

    private void ended(HttpExchange exchange, String path, byte[] body) throws IOException {
        String[] parts = path.startsWith(INVOCATION)
                ? path.substring(INVOCATION.length()).split("/")
                : new String[0];
        Invocation invocation = parts.length == 2 ? underWay.remove(parts[0]) : null;
        if (invocation == null) {
            SmallServer.respond(exchange, 404, "no such operation".getBytes(StandardCharsets.UTF_8));
            return;
        }
        JsonNode json = JSON.readTree(body);
        invocation.answer().complete(parts[1].equals("response") ? new Answer.Success(json) : new Answer.Failure(json));
        SmallServer.respond(exchange, 202, new byte[0]);
    }

    @Override
    public void close() {
        server.close();
    }
}
