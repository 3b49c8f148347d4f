package dev.spillway.local.contract;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The contract on LocalStack, where Docker is there. A case that the image has no service for is skipped with that
 * reason.
 */
@Testcontainers(disabledWithoutDocker = true)
@ExtendWith(OfferedCases.class)
class LocalStackAwsTest extends AwsContract {

    /** The last release that starts without an auth token. */
    private static final String IMAGE = "localstack/localstack:4.14.0";

    /** Made when Docker is known to be there: its constructor asks for it. */
    private static LocalStackContainer container;

    private static RemoteServer server;

    @BeforeAll
    static void start() {
        DockerImageName image = DockerImageName.parse(System.getProperty("localstack.image", IMAGE))
                .asCompatibleSubstituteFor("localstack/localstack");
        container = new LocalStackContainer(image);
        String token = System.getProperty("localstack.auth.token", "");
        if (!token.isEmpty()) {
            container.withEnv("LOCALSTACK_AUTH_TOKEN", token);
        }
        container.start();
        server = new RemoteServer(container.getEndpoint(), container.getRegion());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (container != null) {
            container.stop();
        }
    }

    @Override
    AwsServer server() {
        return server;
    }
}
