package dev.spillway.local.dynamodb;

import dev.spillway.local.loopback.LoopbackServer;
import java.net.URI;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local, in memory. Its request handler sits behind our own guarded server instead of the one it brings: that
 * one listens on every address of the machine, lets any web page read its answers, and reports its use.
 */
public final class EmbeddedDynamoDb implements AutoCloseable {

    private final LoopbackServer server;
    private final LocalDynamoDBServerHandler dynamoDb;

    private EmbeddedDynamoDb(LoopbackServer server, LocalDynamoDBServerHandler dynamoDb) {
        this.server = server;
        this.dynamoDb = dynamoDb;
    }

    /**
     * Starts with no tables. All credentials and Regions see the same ones, so that a person with the AWS CLI finds
     * what the functions wrote.
     *
     * @param port 1–65,535, or 0 for any free one
     * @throws dev.spillway.local.loopback.PortInUseException if another program holds the port
     */
    public static EmbeddedDynamoDb start(int port) {
        LocalDynamoDBServerHandler handler = inMemory();
        try {
            LoopbackServer server = LoopbackServer.start(port, "--dynamodb-port", bound -> handler);
            return new EmbeddedDynamoDb(server, handler);
        } catch (RuntimeException e) {
            handler.close();
            throw e;
        }
    }

    private static LocalDynamoDBServerHandler inMemory() {
        int anyAuthority = 0;
        boolean inMemory = true;
        boolean shared = true;
        boolean slowTableChanges = false;
        String noFile = null;
        String noCorsOrigins = null;
        return new LocalDynamoDBServerHandler(
                new LocalDynamoDBRequestHandler(anyAuthority, inMemory, noFile, shared, slowTableChanges),
                noCorsOrigins);
    }

    /** The address for {@code --endpoint-url} and for an SDK's endpoint override. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** Stops serving and drops every table; its threads would keep the JVM alive otherwise. */
    @Override
    public void close() {
        server.close();
        dynamoDb.close();
    }
}
