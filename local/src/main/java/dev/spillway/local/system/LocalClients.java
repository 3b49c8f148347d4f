package dev.spillway.local.system;

import dev.spillway.common.aws.AwsClients;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;

/**
 * The clients that functions get on one machine. A service that is not here is an error: nothing of the local system may
 * ever reach the real AWS.
 */
public final class LocalClients implements AwsClients {

    private final Map<Class<?>, Object> clients;

    /** @param clients by the interface of the service */
    public LocalClients(Map<Class<?>, Object> clients) {
        this.clients = Map.copyOf(clients);
    }

    @Override
    public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
            Class<C> type, Supplier<B> builder) {
        Object client = clients.get(type);
        if (client == null) {
            throw new IllegalStateException("The local system has no " + type.getSimpleName() + ".");
        }
        return type.cast(client);
    }
}
