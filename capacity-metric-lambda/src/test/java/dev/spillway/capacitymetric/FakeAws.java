package dev.spillway.capacitymetric;

import dev.spillway.common.aws.AwsClients;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;

/** The clients that there are; no other can be had. */
public record FakeAws(List<Object> clients) implements AwsClients {

    public FakeAws(Object... clients) {
        this(List.of(clients));
    }

    @Override
    public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
            Class<C> type, Supplier<B> builder) {
        return clients.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("asked for " + type));
    }
}
