package dev.spillway.common.aws;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;

/** The SDK's clients as Spillway sets them up: one connection pool for all services of a function. */
public final class SdkClients {

    /** A batch of ten messages calls in parallel; the pool must not be what they wait for. */
    private static final int MAX_CONNECTIONS = 128;

    /**
     * The longest a call may take with all its retries. Far below a launch lease, so that a function never acts on a
     * lease that has run out while it waited.
     */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(12);

    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(5);

    private SdkClients() {}

    /** The pool that all clients of a function share. */
    public static SdkHttpClient httpClient() {
        return Apache5HttpClient.builder()
                .maxConnections(MAX_CONNECTIONS)
                .connectionTimeout(Duration.ofSeconds(2))
                .socketTimeout(ATTEMPT_TIMEOUT)
                .build();
    }

    /** Clients of the Region and with the role that Lambda gives the function. */
    public static AwsClients sharing(SdkHttpClient http) {
        return new AwsClients() {
            @Override
            public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
                    Class<C> type, Supplier<B> builder) {
                return builder.get()
                        .httpClient(http)
                        .overrideConfiguration(limits())
                        .build();
            }
        };
    }

    /** Clients of a server on this machine that speaks the AWS protocols. */
    public static AwsClients at(URI endpoint, Region region, SdkHttpClient http) {
        return new AwsClients() {
            @Override
            public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
                    Class<C> type, Supplier<B> builder) {
                return builder.get()
                        .httpClient(http)
                        .overrideConfiguration(limits())
                        .endpointOverride(endpoint)
                        .region(region)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                        .build();
            }
        };
    }

    private static ClientOverrideConfiguration limits() {
        return ClientOverrideConfiguration.builder()
                .retryStrategy(RetryMode.STANDARD)
                .apiCallTimeout(CALL_TIMEOUT)
                .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                .build();
    }
}
