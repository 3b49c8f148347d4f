package dev.spillway.local.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a browser shows it. Skipped where there is none. */
class BrowserTest {

    private static final List<String> BROWSERS =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private final LocalPage page = LocalPage.start(0, "--page-port", new FakePage());

    @TempDir
    Path profile;

    @AfterEach
    void stop() {
        page.close();
    }

    @Test
    void charts_and_tasks_are_shown_and_hostile_words_stay_words() throws Exception {
        String document = documentOf("");

        assertThat(document.split("<canvas", -1))
                .as("pieces around the widget that is drawn, and the page's own two charts")
                .hasSize(4);
        assertThat(document)
                .as("the widgets, where the template has them")
                .contains("grid-area: 7 / 9 / span 7 / span 16", "grid-area: 7 / 1 / span 7 / span 8")
                .contains("Not &lt;img", "nobody's");
        assertThat(document)
                .contains("plain-task", "no price known: m5.large", "Paid, without m5.large", "this machine")
                .contains("&lt;img src=x onerror=document.title='broken'&gt;")
                .doesNotContain("<img src=\"x\"", "<img src=x", "<title>broken");
    }

    @Test
    void a_link_to_a_task_shows_its_record() throws Exception {
        String document = documentOf("#task=plain-task");

        assertThat(document).contains("History, newest first", "Task definition", "spillway-word-count");
        assertThat(document).doesNotContain("<img src=x", "<title>broken", "hunter2");
    }

    private String documentOf(String fragment) throws IOException, InterruptedException {
        String browser = browser().orElse("");
        assumeTrue(!browser.isEmpty(), "skipped: none of " + BROWSERS + " is on the PATH");
        Path output = profile.resolve("document.html");
        // No sandbox: a container's root has none, and the only page that is opened is our own.
        Process process = new ProcessBuilder(
                        browser,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-dev-shm-usage",
                        "--user-data-dir=" + profile.resolve("profile"),
                        "--virtual-time-budget=4000",
                        "--window-size=1280,900",
                        "--dump-dom",
                        page.address() + fragment)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS))
                    .as("the browser ends")
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static Optional<String> browser() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(directory -> BROWSERS.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
