package dev.spillway.local.cli.deployment;

import dev.spillway.common.aws.AwsClients;
import dev.spillway.common.aws.SdkClients;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * Clients with the credentials that the SDK finds.
 *
 * @param region null for the one that the SDK finds
 */
record InRegion(@Nullable String region, SdkHttpClient http) implements AwsClients {

    @Override
    public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
            Class<C> type, Supplier<B> builder) {
        Supplier<B> inRegion = region == null ? builder : () -> builder.get().region(Region.of(region));
        return SdkClients.sharing(http).client(type, inRegion);
    }
}
