package dev.spillway.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** An HTTP server that plays a part of the world around what is tested or measured. */
public final class SmallServer implements AutoCloseable {

    private final HttpServer server;

    static {
        // Otherwise an answer may wait 40 ms for the acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private SmallServer(HttpServer server) {
        this.server = server;
    }

    /** Starts on a free port. A handler may wait for as long as it likes: each request has a thread of its own. */
    public static SmallServer start(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", handler);
        server.start();
        return new SmallServer(server);
    }

    /** Its address and port, for example {@code 127.0.0.1:34567}. */
    public String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers, and ends the exchange. */
    public static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
