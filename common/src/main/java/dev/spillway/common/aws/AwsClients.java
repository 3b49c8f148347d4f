package dev.spillway.common.aws;

import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;

/**
 * Where a function gets its AWS clients from: the SDK's own in a deployed function, simulated or embedded ones on one
 * machine. The builder travels with the call so that a function's jar carries only the services it names.
 */
@FunctionalInterface
public interface AwsClients {

    /**
     * A client of the given service.
     *
     * @param type the client's interface, for example {@code EcsClient.class}
     * @param builder that service's builder, for example {@code EcsClient::builder}
     * @param <B> the builder's type
     * @param <C> the client's type
     * @return the client, to be kept for the life of the function
     */
    <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(Class<C> type, Supplier<B> builder);
}
