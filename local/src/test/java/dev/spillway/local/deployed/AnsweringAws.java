package dev.spillway.local.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.spillway.local.SmallServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The services that have no server here, by their wire protocols: each operation that the recorded events lead to is
 * answered with the file of its name beside this class. In them the instance of the events is leaving its group, and a task
 * that is run is the task of the events. It also gives the role's credentials, as Lambda does to a function with SnapStart,
 * and refuses whoever uses others.
 */
final class AnsweringAws implements AutoCloseable {

    /** What a function has to show to get its credentials. */
    static final String TOKEN = "a-token";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CREDENTIALS = "/credentials";

    /** DynamoDB Local wants letters and digits. */
    private static final String KEY_ID = "ofTheRole";

    /** A value of the request, such as <code>${startedBy}</code>. */
    private static final Pattern OF_THE_REQUEST = Pattern.compile("\\$\\{(\\w+)}");

    private static final Pattern QUERY = Pattern.compile("(?:^|&)Action=(\\w+)");

    /** An empty map: CloudWatch has no data, and answers those that it gets with nothing. */
    private static final byte[] NOTHING_IN_CBOR = {(byte) 0xA0};

    private final SmallServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    AnsweringAws() throws IOException {
        server = SmallServer.start(this::answer);
    }

    String endpoint() {
        return "http://" + server.authority();
    }

    /** For {@code AWS_CONTAINER_CREDENTIALS_FULL_URI}. */
    String credentials() {
        return endpoint() + CREDENTIALS;
    }

    /** The operations that were asked for, in their order, for example {@code RunTask}. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private static void credentials(HttpExchange exchange) throws IOException {
        boolean known = TOKEN.equals(exchange.getRequestHeaders().getFirst("Authorization"));
        respond(exchange, known ? 200 : 403, "application/json", """
                {"AccessKeyId": "%s", "SecretAccessKey": "secret", "Token": "session", "Expiration": "2099-01-01T00:00:00Z"}
                """.formatted(KEY_ID)
                .getBytes(StandardCharsets.UTF_8));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals(CREDENTIALS)) {
            credentials(exchange);
        } else {
            operation(exchange, path, exchange.getRequestBody().readAllBytes());
        }
    }

    /** JSON names its operation in a header, Lambda and CBOR in the path, and the query protocol in the form. */
    private void operation(HttpExchange exchange, String path, byte[] body) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String signature = exchange.getRequestHeaders().getFirst("Authorization");
        if (signature == null || !signature.contains("Credential=" + KEY_ID + "/")) {
            respond(exchange, 403, "text/plain", "not signed by the role".getBytes(StandardCharsets.UTF_8));
        } else if (target != null) {
            String operation = target.substring(target.indexOf('.') + 1);
            asked.add(operation);
            respondWithFile(exchange, "application/x-amz-json-1.1", operation + ".json", JSON.readTree(body));
        } else if (path.endsWith("/invocations")) {
            asked.add("Invoke");
            respond(exchange, 202, "application/json", new byte[0]);
        } else if (path.contains("/operation/")) {
            asked.add(path.substring(path.lastIndexOf('/') + 1));
            exchange.getResponseHeaders().set("smithy-protocol", "rpc-v2-cbor");
            respond(exchange, 200, "application/cbor", NOTHING_IN_CBOR);
        } else {
            Matcher query = QUERY.matcher(new String(body, StandardCharsets.UTF_8));
            String operation = query.find() ? query.group(1) : path;
            asked.add(operation);
            respondWithFile(exchange, "text/xml", operation + ".xml", JSON.createObjectNode());
        }
    }

    private static void respondWithFile(HttpExchange exchange, String type, String file, JsonNode request)
            throws IOException {
        try (InputStream found = AnsweringAws.class.getResourceAsStream(file)) {
            if (found == null) {
                respond(exchange, 400, type, ("there is no answer " + file).getBytes(StandardCharsets.UTF_8));
                return;
            }
            String answer = OF_THE_REQUEST
                    .matcher(new String(found.readAllBytes(), StandardCharsets.UTF_8))
                    .replaceAll(name ->
                            Matcher.quoteReplacement(request.path(name.group(1)).asText()));
            respond(exchange, 200, type, answer.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void respond(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        SmallServer.respond(exchange, status, body);
    }

    @Override
    public void close() {
        server.close();
    }
}
