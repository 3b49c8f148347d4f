package dev.spillway.local.loopback;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells the requests of AWS tools from those that a web page can make a browser send. Listening on loopback alone does
 * not keep pages out: the browser runs on this machine too.
 *
 * <p>Each rule closes one way in; {@code docs/local-security.md} explains them to users.
 * <ul>
 *   <li>{@code Host} names loopback and the port: a page whose own domain was rebound to 127.0.0.1 sends its domain.
 *   <li>A Signature Version 4 {@code Authorization} header: a page can send one to another origin only after a
 *       preflight, which is an {@code OPTIONS} request, which is refused. The signature itself is not checked: any
 *       dummy credentials do. Presigned URLs do not pass, because a plain form can post to one.
 *   <li>No {@code Origin} and no {@code Sec-…}: browsers set them, pages cannot remove them, AWS tools never send them.
 * </ul>
 */
public final class LoopbackGuard {

    private static final String SIGNATURE = "AWS4-HMAC-SHA256 Credential=";
    private static final Set<String> METHODS = Set.of("POST", "GET");

    private final LoopbackHosts hosts;

    /** A guard of the given port, 1–65,535. */
    public LoopbackGuard(int port) {
        hosts = new LoopbackHosts(port);
    }

    /** Whether the request may go through. Depends on nothing but its head. */
    public Verdict judge(RequestHead head) {
        if (!METHODS.contains(head.method())) {
            return refused("The method %s is not offered here: AWS requests are POST or GET.", head.method());
        }
        if (!hosts.named(head)) {
            return refused("The Host header must name this machine's loopback address and port.");
        }
        if (head.headers().stream().anyMatch(header -> setByBrowsers(header.name()))) {
            return refused("Requests from web pages are not accepted.");
        }
        if (!exactlyOne(head.values("Authorization"), value -> value.startsWith(SIGNATURE))) {
            return refused("The request is not signed: use the AWS CLI or an AWS SDK, with any credentials.");
        }
        return new Verdict.Admitted();
    }

    private static boolean setByBrowsers(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.equals("origin") || name.startsWith("sec-");
    }

    private static boolean exactlyOne(List<String> values, Predicate<String> rule) {
        return values.size() == 1 && rule.test(values.getFirst());
    }

    private static Verdict refused(String sentence, Object... arguments) {
        return new Verdict.Refused(sentence.formatted(arguments));
    }
}
