package dev.spillway.local.sqs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.spillway.local.loopback.LoopbackServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.elasticmq.NodeAddress;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/**
 * ElasticMQ, in memory, with the limits of the real service (message of at most 1 MiB), behind a guarded gateway. Queue
 * URLs name the gateway.
 */
public final class EmbeddedSqs implements AutoCloseable {

    /** The account of every queue URL and ARN of the local system. */
    public static final String ACCOUNT_ID = "000000000000";

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final ActorSystem elasticMq;
    private final HttpClient http;
    private final HandedOutMessages handedOut;
    private final LoopbackServer gateway;

    private EmbeddedSqs(ActorSystem elasticMq, HttpClient http, HandedOutMessages handedOut, LoopbackServer gateway) {
        this.elasticMq = elasticMq;
        this.http = http;
        this.handedOut = handedOut;
        this.gateway = gateway;
    }

    /**
     * Starts with no queues.
     *
     * @param port the gateway's: 1–65,535, or 0 for any free one
     * @param region the Region of queue ARNs, for example {@code us-east-1}
     * @throws dev.spillway.local.loopback.PortInUseException if another program holds the port
     */
    public static EmbeddedSqs start(int port, String region) {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HandedOutMessages handedOut = new HandedOutMessages();
        ActorSystem system = ActorSystem.create("elasticmq", quiet());
        try {
            // The gateway's port first: ElasticMQ has to know it for queue URLs, and a port in use costs no start.
            LoopbackServer gateway = LoopbackServer.start(
                    port, "--sqs-port", bound -> new Gateway(bind(system, bound, region), http, handedOut));
            return new EmbeddedSqs(system, http, handedOut, gateway);
        } catch (RuntimeException e) {
            http.shutdownNow();
            terminate(system);
            throw e;
        }
    }

    private static URI bind(ActorSystem system, int gatewayPort, String region) {
        InetSocketAddress hidden = SQSRestServerBuilder.withActorSystem(system)
                .withInterface(HiddenAddress.choose())
                .withDynamicPort()
                .withServerAddress(new NodeAddress("http", "127.0.0.1", gatewayPort, ""))
                .withSQSLimits(StrictSQSLimits$.MODULE$)
                .withAWSRegion(region)
                .withAWSAccountId(ACCOUNT_ID)
                .start()
                .waitUntilStarted()
                .localAddress();
        return URI.create("http://%s:%d".formatted(hidden.getAddress().getHostAddress(), hidden.getPort()));
    }

    /** The address for {@code --endpoint-url} and for an SDK's endpoint override. */
    public URI endpoint() {
        return gateway.endpoint();
    }

    /** What came in through the gateway, for the event source mapping to check. */
    public HandedOutMessages handedOut() {
        return handedOut;
    }

    /** Stops at once; long polls under way are cut off and every message is dropped. */
    @Override
    public void close() {
        gateway.close();
        http.shutdownNow();
        terminate(elasticMq);
    }

    private static void terminate(ActorSystem system) {
        system.terminate();
        system.getWhenTerminated()
                .toCompletableFuture()
                .orTimeout(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static Config quiet() {
        return ConfigFactory.parseString("""
                        pekko.loglevel = WARNING
                        pekko.daemonic = on
                        pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
                        pekko.http.server.request-timeout = 30 s
                        """).withFallback(ConfigFactory.load());
    }
}
