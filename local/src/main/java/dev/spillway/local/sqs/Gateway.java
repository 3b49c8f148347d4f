package dev.spillway.local.sqs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Forwards what the guard admitted to ElasticMQ, and notes the ids of the messages sent. ElasticMQ's own HTTP server
 * takes no filter, so it listens on a hidden address behind this one.
 */
final class Gateway extends Handler.Abstract {

    /** A batch of 1 MiB whose every byte is percent-encoded in the query protocol, and some room. */
    private static final int LONGEST_BODY = 4 * 1024 * 1024;

    /** Above the longest poll of 20 s and ElasticMQ's own limit of 21 s. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI elasticMq;
    private final HttpClient http;
    private final HandedOutMessages handedOut;

    Gateway(URI elasticMq, HttpClient http, HandedOutMessages handedOut) {
        this.elasticMq = elasticMq;
        this.http = http;
        this.handedOut = handedOut;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        byte[] body;
        try (InputStream in = Content.Source.asInputStream(request)) {
            body = in.readNBytes(LONGEST_BODY + 1);
        }
        if (body.length > LONGEST_BODY) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            answer(response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413, new byte[0]);
            return true;
        }
        String target = request.getHeaders().get("X-Amz-Target");
        HttpResponse<byte[]> answer;
        try {
            answer = exchange(forwarded(request, body), target == null ? "" : target);
        } catch (IOException cutOff) {
            if (isRunning()) {
                throw cutOff;
            }
            // Long polls go on to the end, and nobody waits for their answers any more.
            answer(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, new byte[0]);
            return true;
        }
        answer.headers().map().forEach((name, values) -> {
            if (passesOn(name)) {
                response.getHeaders().put(name, List.copyOf(values));
            }
        });
        answer(response, callback, answer.statusCode(), answer.body());
        return true;
    }

    private HttpResponse<byte[]> exchange(HttpRequest request, String target) throws IOException, InterruptedException {
        // In the query protocol only the answer tells a send; a receive that counts as one waits for nothing of ours.
        boolean maySend = target.isEmpty() || target.startsWith("AmazonSQS.SendMessage");
        if (!maySend) {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
        List<String> ids = List.of();
        handedOut.sendStarted();
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() == HttpStatus.OK_200) {
                ids = SendAnswer.messageIds(target, answer.body());
            }
            return answer;
        } finally {
            handedOut.sendEnded(ids);
        }
    }

    private HttpRequest forwarded(Request request, byte[] body) {
        HttpRequest.Builder forwarded = HttpRequest.newBuilder(
                        elasticMq.resolve(request.getHttpURI().getPathQuery()))
                .timeout(TIMEOUT)
                .method(request.getMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        HttpFields headers = request.getHeaders();
        for (HttpField header : headers) {
            String value = header.getValue();
            if (value != null && passesOn(header.getName())) {
                forwarded.header(header.getName(), value);
            }
        }
        return forwarded.build();
    }

    /** What the protocols of SQS consist of; the rest belongs to one connection, or to nobody. */
    private static boolean passesOn(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.equals("content-type") || name.equals("authorization") || name.startsWith("x-amz");
    }

    private static void answer(Response response, Callback callback, int status, byte[] body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
