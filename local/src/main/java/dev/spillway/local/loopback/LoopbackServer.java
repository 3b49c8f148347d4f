package dev.spillway.local.loopback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An HTTP server on 127.0.0.1 whose every request passes the {@link LoopbackGuard} first. Each request has a virtual
 * thread, so a handler may block, for a 20-second long poll too.
 */
public final class LoopbackServer implements AutoCloseable {

    /** Above SQS's longest poll of 20 s, during which a connection is silent. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

    private static final int PLATFORM_THREADS = 16;

    private final Server server;
    private final int port;

    private LoopbackServer(Server server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Makes the handler once the port is known, for handlers that tell clients their own address. */
    @FunctionalInterface
    public interface HandlerFactory {

        /** The handler behind the guard of the server at the given port. */
        Handler at(int port);
    }

    /**
     * Binds the port and starts to serve.
     *
     * @param port 1–65,535, or 0 for any free one
     * @param portOption the command line option that sets the port, for the message when it is in use
     * @throws PortInUseException if another program holds the port
     */
    public static LoopbackServer start(int port, String portOption, HandlerFactory behind) {
        Server server = new Server(threads());
        ServerConnector connector = connector(server, port);
        server.addConnector(connector);
        open(connector, port, portOption);
        int bound = connector.getLocalPort();
        try {
            server.setHandler(new GuardHandler(new LoopbackGuard(bound), behind.at(bound)));
            server.start();
            return new LoopbackServer(server, bound);
        } catch (Exception e) {
            connector.close();
            throw new IllegalStateException("The HTTP server on port %d did not start.".formatted(bound), e);
        }
    }

    /** The port that was bound. */
    public int port() {
        return port;
    }

    /** The address for {@code --endpoint-url}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Stops at once; requests under way are cut off. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP server on port %d did not stop.".formatted(port), e);
        }
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS);
        threads.setName("loopback-http");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        return threads;
    }

    private static ServerConnector connector(Server server, int port) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        return connector;
    }

    private static void open(ServerConnector connector, int port, String portOption) {
        try {
            connector.open();
        } catch (IOException e) {
            if (e.getCause() instanceof BindException || e instanceof BindException) {
                throw new PortInUseException(port, portOption, e);
            }
            throw new UncheckedIOException(e);
        }
    }
}
