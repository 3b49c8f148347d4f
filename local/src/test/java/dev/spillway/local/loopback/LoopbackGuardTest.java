package dev.spillway.local.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackGuardTest {

    private static final String SIGNED = "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/sqs/aws4_request";

    private final LoopbackGuard guard = new LoopbackGuard(9324);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:9324", "localhost:9324", "LocalHost:9324", "[::1]:9324"})
    void a_signed_request_to_a_loopback_name_is_admitted(String host) {
        assertThat(judge("POST", "Host", host, "Authorization", SIGNED)).isInstanceOf(Verdict.Admitted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:9324",
                "127.0.0.1",
                "127.0.0.1:80",
                "localhost:9325",
                "localhost.evil.example:9324",
                "127.0.0.1:9324.evil.example",
                "127.0.0.2:9324",
                "0.0.0.0:9324",
                ""
            })
    void another_host_is_a_rebound_name_and_is_refused(String host) {
        assertRefused(judge("POST", "Host", host, "Authorization", SIGNED), "Host header");
    }

    @Test
    void a_missing_or_doubled_host_is_refused() {
        assertRefused(judge("POST", "Authorization", SIGNED), "Host header");
        assertRefused(
                judge("POST", "Host", "localhost:9324", "host", "evil.example", "Authorization", SIGNED),
                "Host header");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example",
        "origin, 'null'",
        "Origin, http://localhost:9324",
        "Sec-Fetch-Site, cross-site",
        "sec-fetch-mode, no-cors",
        "Sec-Fetch-Dest, empty",
        "Sec-WebSocket-Key, x"
    })
    void what_only_browsers_send_is_refused(String name, String value) {
        assertRefused(judge("POST", "Host", "localhost:9324", "Authorization", SIGNED, name, value), "web pages");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Bearer x", "", "AWS4-HMAC-SHA256", "x AWS4-HMAC-SHA256 Credential="})
    void another_authorization_is_refused(String value) {
        assertRefused(judge("POST", "Host", "localhost:9324", "Authorization", value), "not signed");
    }

    @Test
    void an_unsigned_or_doubly_signed_request_is_refused() {
        assertRefused(judge("POST", "Host", "localhost:9324"), "not signed");
        assertRefused(
                judge("POST", "Host", "localhost:9324", "Authorization", SIGNED, "Authorization", SIGNED),
                "not signed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "HEAD", "PUT", "DELETE", "TRACE", "CONNECT", "post"})
    void preflights_and_other_methods_are_refused(String method) {
        assertRefused(judge(method, "Host", "localhost:9324", "Authorization", SIGNED), method);
    }

    @Test
    void the_port_may_only_be_left_out_when_it_is_the_one_of_http() {
        RequestHead head = new RequestHead("POST", headers("Host", "localhost", "Authorization", SIGNED));

        assertThat(new LoopbackGuard(80).judge(head)).isInstanceOf(Verdict.Admitted.class);
        assertThat(new LoopbackGuard(8080).judge(head)).isInstanceOf(Verdict.Refused.class);
    }

    private Verdict judge(String method, String... namesAndValues) {
        return guard.judge(new RequestHead(method, headers(namesAndValues)));
    }

    private static List<RequestHead.Header> headers(String... namesAndValues) {
        List<RequestHead.Header> headers = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(new RequestHead.Header(namesAndValues[i], namesAndValues[i + 1]));
        }
        return headers;
    }

    private static void assertRefused(Verdict verdict, String part) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.sentence()).contains(part));
    }
}
