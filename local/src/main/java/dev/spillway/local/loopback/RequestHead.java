package dev.spillway.local.loopback;

import java.util.List;

/**
 * What the guard judges a request by.
 *
 * @param method the HTTP method, in capitals as sent
 * @param headers every header line, in the order sent; a name may come more than once
 */
public record RequestHead(String method, List<Header> headers) {

    /** One header line. */
    public record Header(String name, String value) {}

    public RequestHead {
        headers = List.copyOf(headers);
    }

    /** The values of a header, whatever the case of its name. */
    public List<String> values(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }
}
