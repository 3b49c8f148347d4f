package dev.spillway.local.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageGuardTest {

    private final PageGuard guard = new PageGuard(8080);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080", "localhost:8080", "LocalHost:8080", "[::1]:8080"})
    void a_program_or_an_old_browser_that_names_loopback_is_admitted(String host) {
        assertAdmitted(judge("GET", "Host", host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void the_page_itself_and_a_person_who_types_the_address_are_admitted(String site) {
        assertAdmitted(judge(
                "GET",
                "Host",
                "localhost:8080",
                "Sec-Fetch-Site",
                site,
                "Sec-Fetch-Mode",
                "cors",
                "Sec-Fetch-Dest",
                ""));
    }

    @Test
    void a_browser_may_say_that_a_script_of_the_page_is_of_its_own_origin() {
        assertAdmitted(judge("GET", "Host", "localhost:8080", "Origin", "http://localhost:8080"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:8080",
                "127.0.0.1",
                "localhost:8081",
                "localhost.evil.example:8080",
                "127.0.0.1:8080.evil.example",
                "0.0.0.0:8080",
                ""
            })
    void another_host_is_a_rebound_name_and_is_refused(String host) {
        assertRefused(judge("GET", "Host", host, "Sec-Fetch-Site", "same-origin"), "Host header");
    }

    @Test
    void a_missing_or_doubled_host_is_refused() {
        assertRefused(judge("GET"), "Host header");
        assertRefused(judge("GET", "Host", "localhost:8080", "host", "evil.example"), "Host header");
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "sec-fetch-site, same-site",
        "Sec-Fetch-Site, SAME-ORIGIN",
        "Sec-Fetch-Site, ''",
        "Origin, https://evil.example",
        "Origin, http://localhost:3000",
        "Origin, http://127.0.0.1:8080",
        "Origin, https://localhost:8080",
        "origin, 'null'"
    })
    void another_page_is_refused(String name, String value) {
        assertRefused(judge("GET", "Host", "localhost:8080", name, value), "other web pages");
    }

    @Test
    void a_header_that_says_both_is_refused() {
        assertRefused(
                judge("GET", "Host", "localhost:8080", "Sec-Fetch-Site", "none", "Sec-Fetch-Site", "cross-site"),
                "other web pages");
        assertRefused(judge("GET", "Host", "a.localhost:8080", "Origin", "http://a.localhost:8080"), "Host header");
        assertRefused(
                judge(
                        "GET",
                        "Host",
                        "localhost:8080",
                        "Origin",
                        "http://localhost:8080",
                        "Origin",
                        "http://evil.example"),
                "other web pages");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "OPTIONS", "HEAD", "PUT", "DELETE", "TRACE", "get"})
    void whatever_is_not_a_get_is_refused(String method) {
        assertRefused(judge(method, "Host", "localhost:8080"), method);
    }

    private Verdict judge(String method, String... namesAndValues) {
        List<RequestHead.Header> headers = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(new RequestHead.Header(namesAndValues[i], namesAndValues[i + 1]));
        }
        return guard.judge(new RequestHead(method, headers));
    }

    private static void assertAdmitted(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Admitted.class);
    }

    private static void assertRefused(Verdict verdict, String part) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.sentence()).contains(part));
    }
}
