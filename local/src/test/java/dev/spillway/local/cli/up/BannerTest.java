package dev.spillway.local.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.local.cli.FakeSystem;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BannerTest {

    @Test
    void namesAllThatAPersonNeeds() {
        assertThat(String.join(
                        "\n", Banner.lines(new FakeSystem(), Path.of("/runs/1"), URI.create("http://127.0.0.1:8080/"))))
                .contains(
                        "http://127.0.0.1:9324/000000000000/spillway-tasks",
                        "http://127.0.0.1:9324/000000000000/spillway-dead-letters",
                        "http://127.0.0.1:8000",
                        "/runs/1",
                        "Page               http://127.0.0.1:8080/",
                        "--message-body '{\"taskId\":\"hello\"",
                        "--table-name spillway-tasks --key '{\"task_id\":{\"S\":\"hello\"}}'");
    }

    @Test
    void countsDeadLettersInEnglish() {
        assertThat(Banner.deadLetters(1, new FakeSystem())).startsWith("1 message is in the dead-letter queue");
        assertThat(Banner.deadLetters(2, new FakeSystem())).startsWith("2 messages are in the dead-letter queue");
    }
}
