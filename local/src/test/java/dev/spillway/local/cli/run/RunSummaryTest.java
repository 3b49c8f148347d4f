package dev.spillway.local.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.CapacityType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunSummaryTest {

    @Test
    void showsEveryTaskOfASmallRun() {
        List<Row> rows = List.of(
                Row.of(Records.succeeded("a"), 1),
                Row.of(Records.failed("b"), 2),
                Row.of(Records.running("c", CapacityType.FARGATE).build(), 3),
                Row.rejected(new Line(4, ""), null, "not JSON"));

        assertThat(RunSummary.lines(rows, 120, "report.json"))
                .containsExactly(
                        "Task    Status     Capacity type  Exit  Wait   Run    Reason",
                        "------  ---------  -------------  ----  -----  -----  -----------",
                        "a       SUCCEEDED  EC2            0     2.0 s  3.0 s",
                        "b       FAILED     EC2            3     2.0 s  3.0 s  exit code 3",
                        "c       RUNNING    FARGATE        –     2.0 s  –",
                        "line 4  REJECTED   –              –     –      –      not JSON");
    }

    @Test
    void showsOfALargeRunWhatDidNotSucceedAndASample() {
        List<Row> rows = new ArrayList<>();
        IntStream.rangeClosed(1, 100).forEach(n -> rows.add(Row.of(Records.succeeded("good-" + n), n)));
        rows.add(Row.of(Records.failed("bad"), 101));

        List<String> lines = RunSummary.lines(rows, 120, "report.json");

        assertThat(lines).hasSize(2 + 1 + RunSummary.SAMPLE + 1);
        assertThat(lines.get(2)).startsWith("bad ");
        assertThat(lines.getLast()).isEqualTo("… and 95 more tasks; the whole is in report.json");
    }

    @Test
    void neverShowsMoreThanFits() {
        List<Row> rows = IntStream.rangeClosed(1, 1_000)
                .mapToObj(n -> Row.of(Records.failed("bad-" + n), n))
                .toList();

        assertThat(RunSummary.lines(rows, 120, "report.json")).hasSizeLessThanOrEqualTo(RunSummary.MAX_ROWS + 3);
    }
}
