package dev.spillway.local.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    private static final TextTable TABLE = new TextTable(
            List.of("Task", "Status", "Reason"),
            List.of(
                    List.of("a-task-with-a-long-name", "FAILED", "it was asked to do something that cannot be done"),
                    List.of("short", "SUCCEEDED", "")));

    @Test
    void isAsWideAsItsContentWhenThereIsRoom() {
        assertThat(TABLE.lines(200))
                .containsExactly(
                        "Task                     Status     Reason",
                        "-----------------------  ---------  ------------------------------------------------",
                        "a-task-with-a-long-name  FAILED     it was asked to do something that cannot be done",
                        "short                    SUCCEEDED");
    }

    @Test
    void wrapsTheLastColumnAndShortensTheFirst() {
        assertThat(TABLE.lines(50))
                .containsExactly(
                        "Task               Status     Reason",
                        "-----------------  ---------  --------------------",
                        "a-task-with-a-lo…  FAILED     it was asked to do",
                        "                              something that",
                        "                              cannot be done",
                        "short              SUCCEEDED")
                .allMatch(line -> line.length() <= 50);
    }
}
