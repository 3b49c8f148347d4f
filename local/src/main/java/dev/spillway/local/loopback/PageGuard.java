package dev.spillway.local.loopback;

import java.util.List;
import java.util.Set;

/**
 * Tells the requests of a person's own page from those that another page can make the same browser send. Unlike the
 * {@link LoopbackGuard} it has to let a browser in, and is for a server that changes nothing.
 *
 * <p>Each rule closes one way in; {@code docs/local-security.md} explains them to users.
 * <ul>
 *   <li>{@code GET} only.
 *   <li>{@code Host} names loopback and the port: a page whose own domain was rebound to 127.0.0.1 sends its domain.
 *   <li>{@code Sec-Fetch-Site}, where a browser sends it, is {@code same-origin} (the page itself) or {@code none} (the
 *       person typed the address). Another local port is {@code same-site}, and is another page.
 *   <li>{@code Origin}, where a browser sends it, is the page's own: it always sends one when another page wants to read
 *       the answer.
 * </ul>
 */
public final class PageGuard {

    private static final Set<String> OWN = Set.of("same-origin", "none");

    private final LoopbackHosts hosts;

    /** A guard of the given port, 1–65,535. */
    public PageGuard(int port) {
        hosts = new LoopbackHosts(port);
    }

    /** Whether the request may go through. Depends on nothing but its head. */
    public Verdict judge(RequestHead head) {
        if (!head.method().equals("GET")) {
            return new Verdict.Refused(
                    "The method %s is not offered here: the page can only be read.".formatted(head.method()));
        }
        if (!hosts.named(head)) {
            return new Verdict.Refused("The Host header must name this machine's loopback address and port.");
        }
        if (!onlyOf(OWN, head.values("Sec-Fetch-Site")) || !onlyOf(ownOrigin(head), head.values("Origin"))) {
            return new Verdict.Refused(
                    "Requests from other web pages are not accepted: type the address into the browser's address bar.");
        }
        return new Verdict.Admitted();
    }

    private static Set<String> ownOrigin(RequestHead head) {
        return Set.of("http://" + head.values("Host").getFirst());
    }

    private static boolean onlyOf(Set<String> allowed, List<String> values) {
        return values.size() <= 1 && allowed.containsAll(values);
    }
}
