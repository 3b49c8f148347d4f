package dev.spillway.local.contract;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on the embedded services and the simulated clients. */
class EmbeddedAwsTest extends AwsContract {

    private static EmbeddedServer server;

    @BeforeAll
    static void start() {
        server = new EmbeddedServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    AwsServer server() {
        return server;
    }
}
