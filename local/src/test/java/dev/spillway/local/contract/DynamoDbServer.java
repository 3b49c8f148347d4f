package dev.spillway.local.contract;

import dev.spillway.common.aws.AwsClients;
import dev.spillway.common.aws.SdkClients;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/** DynamoDB Local, in memory, behind its HTTP port: clients meet it through the SDK's real marshalling and retries. */
final class DynamoDbServer implements AutoCloseable {

    private final DynamoDBProxyServer server;
    private final int port;

    private DynamoDbServer(DynamoDBProxyServer server, int port) {
        this.server = server;
        this.port = port;
    }

    static DynamoDbServer start() throws Exception {
        int port = freePort();
        DynamoDBProxyServer server = ServerRunner.createServerFromCommandLineArgs(
                new String[] {"-inMemory", "-disableTelemetry", "-port", Integer.toString(port)});
        server.start();
        return new DynamoDbServer(server, port);
    }

    DynamoDbClient client(SdkHttpClient http) {
        AwsClients clients = SdkClients.at(URI.create("http://localhost:" + port), Region.EU_CENTRAL_1, http);
        return clients.client(DynamoDbClient.class, DynamoDbClient::builder);
    }

    /** Its threads would keep the JVM alive. */
    @Override
    public void close() throws Exception {
        server.stop();
    }

    /** The server does not take port 0. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
