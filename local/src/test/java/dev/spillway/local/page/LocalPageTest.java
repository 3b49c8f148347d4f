package dev.spillway.local.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.cli.run.Records;
import dev.spillway.local.dashboard.Chart;
import dev.spillway.local.loopback.PortInUseException;
import dev.spillway.local.loopback.RawHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPageTest {

    private final FakePage source = new FakePage();
    private final LocalPage page = LocalPage.start(0, "--page-port", source);

    @AfterEach
    void stop() {
        page.close();
    }

    @Test
    void the_moment_is_told_with_all_statuses_and_what_has_no_price() throws Exception {
        JsonNode now = json("/api/now");

        assertThat(now.at("/title").asText()).isEqualTo("this machine");
        assertThat(now.at("/at").asLong())
                .isEqualTo(FakePage.START.plusSeconds(120).toEpochMilli());
        assertThat(now.at("/tasks")).hasSize(TaskStatus.values().length);
        assertThat(now.at("/tasks/WAITING").asInt()).isEqualTo(2);
        assertThat(now.at("/oldestWaitSeconds").asDouble()).isEqualTo(1.5);
        assertThat(now.at("/instances/0").toString()).isEqualTo("{\"kind\":\"SPOT\",\"state\":\"ACTIVE\",\"count\":2}");
        assertThat(now.at("/spend/containers").toString())
                .isEqualTo("{\"dollars\":1.25,\"withoutPrice\":[\"m5.large\"]}");
    }

    @Test
    void a_series_is_told_column_by_column_from_where_the_page_has_got_to() throws Exception {
        long from = FakePage.START.plusSeconds(118).toEpochMilli();

        JsonNode series = json("/api/series?from=" + from);

        assertThat(json("/api/series").at("/at")).hasSize(120);
        assertThat(series.at("/at").toString()).isEqualTo("[%d,%d]".formatted(from + 1_000, from + 2_000));
        assertThat(series.at("/columns/FARGATE").toString()).isEqualTo("[2,2]");
        assertThat(series.at("/columns/LAMBDA").toString()).isEqualTo("[0,0]");
        assertThat(series.at("/columns/fargateAlone").toString()).isEqualTo("[2.38,2.4]");
        assertThat(series.at("/columns"))
                .allSatisfy(column -> assertThat(column).hasSize(2));
    }

    @Test
    void the_dashboard_is_told_widget_by_widget_with_a_null_for_each_gap() throws Exception {
        JsonNode widgets = json("/api/dashboard?span=900").at("/widgets");

        assertThat(source.spanAsked).isEqualTo(Duration.ofMinutes(15));
        assertThat(widgets).hasSize(2);
        JsonNode drawn = widgets.at("/0");
        assertThat(drawn.at("/title").asText()).isEqualTo(FakePage.HOSTILE);
        assertThat(List.of("x", "y", "width", "height"))
                .extracting(name -> drawn.path(name).asInt())
                .containsExactly(8, 6, 16, 7);
        assertThat(drawn.at("/stacked").asBoolean()).isTrue();
        assertThat(drawn.at("/start").asLong()).isEqualTo(FakePage.START.toEpochMilli());
        assertThat(drawn.at("/period").asInt()).isEqualTo(60_000);
        assertThat(drawn.at("/annotations").toString())
                .isEqualTo("[{\"label\":\"alarm\",\"value\":2.5,\"axis\":\"left\"}]");
        assertThat(drawn.at("/lines").toString())
                .isEqualTo("[{\"label\":\"done\",\"axis\":\"left\",\"values\":[4,null,0.5]},"
                        + "{\"label\":\"nobody's\",\"axis\":\"right\",\"values\":[]}]");
        assertThat(drawn.has("refused")).isFalse();
        assertThat(widgets.at("/1/refused").asText()).startsWith("Not ");
    }

    @Test
    void tasks_are_asked_for_by_status_and_prefix() throws Exception {
        JsonNode tasks =
                json("/api/tasks?status=timed_out&prefix=a%20b&limit=7").at("/tasks");

        assertThat(source.asked).isEqualTo(new PageSource.TaskFilter(TaskStatus.TIMED_OUT, "a b", 7));
        assertThat(tasks.at("/0/taskId").asText()).isEqualTo(FakePage.HOSTILE);
        assertThat(tasks.at("/1").fieldNames())
                .toIterable()
                .containsExactly("taskId", "status", "createdAt", "capacityType", "startedAt");
    }

    @Test
    void a_record_is_told_without_environment_and_command() throws Exception {
        String record = json("/api/tasks/plain-task").toString();

        assertThat(record).contains("\"history\"", "spillway-word-count").doesNotContain(Records.SECRET, "PASSWORD");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/tasks/none, 404",
        "/api/tasks/..%2f..%2fetc%2fpasswd, 404",
        "/api/none, 404",
        "/../page.css, 404",
        "/files/page.css, 404",
        "/api/now?x=1, 400",
        "/api/tasks/plain-task?x=1, 400",
        "/api/tasks?status=asleep, 400",
        "/api/tasks?limit=0, 400",
        "/api/tasks?limit=1001, 400",
        "/api/tasks?limit=many, 400",
        "/api/tasks?prefix=%zz, 400",
        "/api/room, 404",
        "/api/dashboard?span=59, 400",
        "/api/dashboard?span=86401, 400",
        "/api/dashboard?span=day, 400",
        "/api/dashboard?from=0, 400",
        "/api/series?from=yesterday, 400",
        "/api/series?from=99999999999999999999, 400"
    })
    void what_is_not_there_or_not_understood_is_said_so(String path, int status) {
        assertThat(get(path).status()).isEqualTo(status);
    }

    @Test
    void a_source_that_fails_is_answered_for_and_the_next_request_is_served() {
        LocalPage broken = LocalPage.start(0, "--page-port", new FakePage() {
            @Override
            public List<Chart> dashboard(Duration span) {
                throw new IllegalStateException("secret detail");
            }
        });
        try (broken) {
            RawHttp.Answer answer = RawHttp.request(broken.address(), "GET")
                    .host()
                    .path("/api/dashboard")
                    .send();
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("secret");
            assertThat(RawHttp.request(broken.address(), "GET")
                            .host()
                            .path("/api/now")
                            .send()
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/index.html",
                "/page.js",
                "/dashboard.js",
                "/page.css",
                "/uplot/uPlot.iife.min.js",
                "/uplot/LICENSE",
                "/api/now",
                "/api/dashboard"
            })
    void every_answer_keeps_other_pages_and_other_origins_out(String path) {
        RawHttp.Answer answer = get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head())
                .contains(
                        "content-security-policy: default-src 'self'; frame-ancestors 'none'",
                        "x-content-type-options: nosniff",
                        "referrer-policy: no-referrer",
                        "cross-origin-resource-policy: same-origin",
                        "x-frame-options: deny")
                .doesNotContain("access-control-");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example",
        "Origin, 'null'",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Host, evil.example"
    })
    void another_page_in_the_same_browser_reads_nothing(String name, String value) {
        RawHttp request = RawHttp.request(page.address(), "GET").path("/api/tasks/plain-task");
        if (!name.equals("Host")) {
            request.host();
        }

        RawHttp.Answer answer = request.header(name, value).send();

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain("plain-task");
        assertThat(answer.head()).doesNotContain("access-control-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"})
    void nothing_can_be_changed(String method) {
        assertThat(RawHttp.request(page.address(), method)
                        .host()
                        .path("/api/tasks/plain-task")
                        .send()
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_port_in_use_is_said_in_one_sentence() {
        int port = page.address().getPort();

        assertThatThrownBy(() -> LocalPage.start(port, "--page-port", source))
                .isInstanceOf(PortInUseException.class)
                .hasMessage("Port %d is in use by another program; choose another with --page-port.", port);
    }

    @Test
    void no_file_names_another_origin() {
        for (String path : List.of(
                "/", "/page.css", "/page.js", "/chart.js", "/dashboard.js", "/own.js", "/tasks.js", "/format.js")) {
            assertThat(get(path).body())
                    .as(path)
                    .doesNotContain("http://", "https://", "innerHTML", "outerHTML", "insertAdjacentHTML", "eval(");
        }
    }

    private JsonNode json(String path) throws IOException {
        RawHttp.Answer answer = get(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head()).contains("content-type: application/json");
        return new ObjectMapper().readTree(answer.body());
    }

    private RawHttp.Answer get(String path) {
        return RawHttp.request(page.address(), "GET").host().path(path).send();
    }
}
