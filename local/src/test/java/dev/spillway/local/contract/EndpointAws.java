package dev.spillway.local.contract;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The contract on the server that {@code -Daws.endpoint} names. Only the Maven profile {@code endpoint} runs it, which
 * is why its name is not that of a test.
 */
@ExtendWith({CaseTable.class, OfferedCases.class})
class EndpointAws extends AwsContract {

    private static RemoteServer server;

    @BeforeAll
    static void connect() {
        URI endpoint = URI.create(System.getProperty("aws.endpoint", ""));
        int port = endpoint.getPort() > 0
                ? endpoint.getPort()
                : endpoint.getScheme().equals("https") ? 443 : 80;
        try (Socket answered = new Socket(endpoint.getHost(), port)) {
            server = new RemoteServer(endpoint, System.getProperty("aws.region", "us-east-1"));
        } catch (IOException nobody) {
            throw new IllegalStateException(
                    "Nothing answers at %s: %s".formatted(endpoint, nobody.getMessage()), nobody);
        }
    }

    @AfterAll
    static void disconnect() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    AwsServer server() {
        return server;
    }
}
