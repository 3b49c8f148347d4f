package dev.spillway.local.loopback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sends exactly the bytes that a browser would, without a client library that adds, changes or forbids headers. */
public final class RawHttp {

    private final URI endpoint;
    private final String method;
    private final List<String> headers = new ArrayList<>();
    private String path = "/";
    private String body = "";

    private RawHttp(URI endpoint, String method) {
        this.endpoint = endpoint;
        this.method = method;
    }

    /** What came back: the status code and everything, in lower case for header checks. */
    public record Answer(int status, String head, String body) {}

    /** A request with no header at all yet. */
    public static RawHttp request(URI endpoint, String method) {
        return new RawHttp(endpoint, method);
    }

    /** The Host header that a client of this endpoint sends. */
    public RawHttp host() {
        return header("Host", endpoint.getAuthority());
    }

    public RawHttp header(String name, String value) {
        headers.add(name + ": " + value);
        return this;
    }

    public RawHttp signed(String service) {
        return header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/" + service
                        + "/aws4_request, SignedHeaders=host, Signature=00");
    }

    public RawHttp path(String newPath) {
        path = newPath;
        return this;
    }

    public RawHttp body(String newBody) {
        body = newBody;
        return this;
    }

    public Answer send() {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nContent-Length: "
                + bytes.length + "\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            return new Answer(
                    Integer.parseInt(answer.substring(9, 12)),
                    answer.substring(0, end).toLowerCase(Locale.ROOT),
                    answer.substring(end + 4));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
