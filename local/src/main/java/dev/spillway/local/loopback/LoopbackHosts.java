package dev.spillway.local.loopback;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The values of {@code Host} that name a port of this machine, and no name that somebody else could have chosen. */
final class LoopbackHosts {

    private static final int HTTP_PORT = 80;

    private final Set<String> hosts;

    LoopbackHosts(int port) {
        hosts = port == HTTP_PORT
                ? Set.of("127.0.0.1", "localhost", "[::1]", "127.0.0.1:80", "localhost:80", "[::1]:80")
                : Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
    }

    /** Whether a request has exactly one Host header, and it is one of these. */
    boolean named(RequestHead head) {
        List<String> values = head.values("Host");
        return values.size() == 1 && hosts.contains(values.getFirst().toLowerCase(Locale.ROOT));
    }
}
