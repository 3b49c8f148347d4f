package dev.spillway.local.contract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Notes the answers by which a server says that it does not offer an operation. They are read on the wire: the adapters
 * turn failures into answers of their own, in which "unknown to the server" and "unknown function" look alike.
 */
final class RefusalWatch implements SdkHttpClient {

    private static final String TARGET = "X-Amz-Target";

    /** A signature names the service that the request is for. */
    private static final Pattern SERVICE = Pattern.compile("Credential=[^/]+/\\d+/[^/]+/([^/]+)/aws4_request");

    private final SdkHttpClient http;
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final Set<String> doubtful = ConcurrentHashMap.newKeySet();

    RefusalWatch(SdkHttpClient http) {
        this.http = http;
    }

    /** The first since {@link #forget}. */
    Optional<String> first() {
        return Optional.ofNullable(refusals.peek());
    }

    /** The services, by their names in signatures, whose answers since then were doubtful. */
    Set<String> doubtful() {
        return Set.copyOf(doubtful);
    }

    void forget() {
        refusals.clear();
        doubtful.clear();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest call = http.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return watched(request.httpRequest(), call.call());
            }

            @Override
            public void abort() {
                call.abort();
            }
        };
    }

    private HttpExecuteResponse watched(SdkHttpRequest request, HttpExecuteResponse response) throws IOException {
        byte[] body;
        try (AbortableInputStream in = response.responseBody().orElse(AbortableInputStream.createEmpty())) {
            body = in.readAllBytes();
        }
        SdkHttpResponse head = response.httpResponse();
        NotOffered.Answer answer = new NotOffered.Answer(
                head.statusCode(),
                head.firstMatchingHeader("x-amzn-ErrorType").orElse(""),
                head.firstMatchingHeader("Content-Type").orElse(""),
                new String(body, StandardCharsets.UTF_8));
        NotOffered.reason(answer, request.firstMatchingHeader(TARGET).isPresent())
                .ifPresent(reason -> refusals.add(operation(request) + ": " + reason));
        if (NotOffered.isDoubtful(answer)) {
            request.firstMatchingHeader("Authorization").map(SERVICE::matcher).stream()
                    .filter(Matcher::find)
                    .forEach(signed -> doubtful.add(signed.group(1)));
        }
        return HttpExecuteResponse.builder()
                .response(head)
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                .build();
    }

    private static String operation(SdkHttpRequest request) {
        return request.firstMatchingHeader(TARGET)
                .map(target -> target.replaceFirst(".*\\.", ""))
                .orElse(request.method() + " " + request.encodedPath());
    }

    @Override
    public void close() {
        http.close();
    }
}
