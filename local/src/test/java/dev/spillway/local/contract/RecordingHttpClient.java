package dev.spillway.local.contract;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** Notes which operations were sent, and can lose an answer after the server has acted. */
final class RecordingHttpClient implements SdkHttpClient {

    private final SdkHttpClient http;
    private final Queue<String> sent = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answersToLose = new AtomicInteger();

    RecordingHttpClient(SdkHttpClient http) {
        this.http = http;
    }

    /** The operations since the last {@link #forget}, for example {@code PutItem}. */
    List<String> sent() {
        return List.copyOf(sent);
    }

    void forget() {
        sent.clear();
    }

    void loseNextAnswer() {
        answersToLose.set(1);
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest call = http.prepareRequest(request);
        sent.add(request.httpRequest()
                .firstMatchingHeader("X-Amz-Target")
                .orElseThrow()
                .replaceFirst(".*\\.", ""));
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                HttpExecuteResponse response = call.call();
                if (answersToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new IOException("connection reset");
                }
                return response;
            }

            @Override
            public void abort() {
                call.abort();
            }
        };
    }

    @Override
    public void close() {
        http.close();
    }
}
