package dev.spillway.local.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.spillway.local.loopback.PageGuard;
import dev.spillway.local.loopback.PortInUseException;
import dev.spillway.local.loopback.RequestHead;
import dev.spillway.local.loopback.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server of the page, on 127.0.0.1. Every request passes the {@link PageGuard} first; what it may ask for can be
 * read, and nothing can be changed.
 */
public final class LocalPage implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalPage.class);

    /** Sent with every answer. The page needs nothing that is not its own, and belongs into no other page. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; object-src 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final PageGuard guard;
    private final Answers answers;

    private LocalPage(HttpServer server, PageSource source) {
        this.server = server;
        this.guard = new PageGuard(server.getAddress().getPort());
        this.answers = new Answers(source);
    }

    /**
     * Binds the port and starts to serve.
     *
     * @param port 1–65,535, or 0 for any free one
     * @param portOption the command line option that sets the port, for the message when it is in use
     * @throws PortInUseException if another program holds the port
     */
    public static LocalPage start(int port, String portOption, PageSource source) {
        LocalPage page = new LocalPage(bind(port, portOption), source);
        page.server.setExecutor(page.threads);
        page.server.createContext("/", page::handle);
        page.server.start();
        return page;
    }

    private static HttpServer bind(int port, String portOption) {
        try {
            return HttpServer.create(new InetSocketAddress(loopback(), port), 0);
        } catch (BindException inUse) {
            throw new PortInUseException(port, portOption, inUse);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Not {@link InetAddress#getLoopbackAddress}, which is ::1 on some machines. */
    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
    }

    /** What to open in a browser. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Stops at once; requests under way are cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = switch (guard.judge(head(exchange))) {
                case Verdict.Admitted admitted -> answer(exchange);
                case Verdict.Refused refused -> Answer.sentence(Answer.FORBIDDEN, refused.sentence());
            };
            HEADERS.forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private Answer answer(HttpExchange exchange) {
        try {
            return answers.to(exchange.getRequestURI());
        } catch (RuntimeException broken) {
            // A browser that asks every second must neither end the server nor wait for ever.
            LOG.warn("the page could not answer {}", exchange.getRequestURI().getRawPath(), broken);
            return Answer.sentence(Answer.BROKEN, "Spillway could not answer; its log says why.");
        }
    }

    private static RequestHead head(HttpExchange exchange) {
        List<RequestHead.Header> headers = exchange.getRequestHeaders().entrySet().stream()
                .flatMap(header ->
                        header.getValue().stream().map(value -> new RequestHead.Header(header.getKey(), value)))
                .toList();
        return new RequestHead(exchange.getRequestMethod(), headers);
    }
}
