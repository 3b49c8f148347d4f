package dev.spillway.common.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.crac.Core;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

class SnapshotHttpClientTest {

    private final List<Pool> pools = new ArrayList<>();
    private final SnapshotHttpClient client = new SnapshotHttpClient(() -> {
        Pool pool = new Pool();
        pools.add(pool);
        return pool;
    });

    @Test
    void no_connection_that_was_used_before_the_snapshot_is_used_after_it() {
        client.prepareRequest(request());
        client.beforeCheckpoint(Core.getGlobalContext());
        client.afterRestore(Core.getGlobalContext());
        client.prepareRequest(request());
        client.prepareRequest(request());

        assertThat(pools).extracting(pool -> pool.requests).containsExactly(1, 2);
        assertThat(pools).extracting(pool -> pool.closed).containsExactly(true, false);
    }

    @Test
    void closing_it_closes_the_pool_in_use() {
        client.close();

        assertThat(pools).extracting(pool -> pool.closed).containsExactly(true);
        assertThat(client.clientName()).isEqualTo("Pool");
    }

    private static HttpExecuteRequest request() {
        return HttpExecuteRequest.builder()
                .request(SdkHttpRequest.builder()
                        .uri(URI.create("https://ecs.us-east-1.amazonaws.com"))
                        .method(SdkHttpMethod.POST)
                        .build())
                .build();
    }

    private static final class Pool implements SdkHttpClient {
        private int requests;
        private boolean closed;

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            assertThat(closed).isFalse();
            requests++;
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() throws IOException {
                    throw new IOException("nobody there");
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public String clientName() {
            return "Pool";
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
