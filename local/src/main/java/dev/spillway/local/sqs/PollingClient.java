package dev.spillway.local.sqs;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The SQS client of the event source mappings. */
public final class PollingClient {

    /** Above the longest poll of 20 s; the functions' own clients give up long before. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    private PollingClient() {}

    /**
     * A client that can long-poll; to be closed by the caller.
     *
     * @param connections receives, and deletes beside them, that may be under way at once
     */
    public static SqsClient at(URI endpoint, Region region, int connections) {
        return SqsClient.builder()
                .endpointOverride(endpoint)
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(
                        Apache5HttpClient.builder().maxConnections(connections).socketTimeout(LONGEST_ANSWER))
                .build();
    }
}
