package dev.spillway.local.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.CapacityType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunTextTest {

    private static final Tally BUSY = new Tally(
            9,
            Map.of(
                    Row.State.SUCCEEDED, 3,
                    Row.State.FAILED, 1,
                    Row.State.RUNNING, 2,
                    Row.State.LAUNCHING, 1,
                    Row.State.SENT, 1),
            2);

    @Test
    void saysHowFarARunIs() {
        assertThat(RunText.progress(BUSY)).isEqualTo("4 of 8 done: 3 succeeded, 1 failed; 2 running, 1 starting");
        assertThat(RunText.progress(new Tally(2, Map.of(Row.State.NOT_SENT, 2), 0)))
                .isEqualTo("0 of 2 done");
        assertThat(RunText.progress(new Tally(4_000, Map.of(Row.State.SUCCEEDED, 1_200, Row.State.SENT, 2_800), 0)))
                .isEqualTo("1,200 of 4,000 done: 1,200 succeeded");
    }

    @Test
    void sumsARunUp() {
        assertThat(RunText.totals(BUSY))
                .isEqualTo("8 tasks of 9 lines: 3 succeeded, 1 failed, 2 running, 1 starting, 1 not answered."
                        + " 2 spilled over to Fargate.");
        assertThat(RunText.totals(new Tally(1, Map.of(Row.State.SUCCEEDED, 1), 0)))
                .isEqualTo("1 task: 1 succeeded.");
    }

    @Test
    void saysWhichTaskFailedAndWhy() {
        assertThat(RunText.failure(Row.of(Records.failed("a"), 3)))
                .isEqualTo("a FAILED on EC2 after 3.0 s: exit code 3");
    }

    @Test
    void saysWhichLineIsToBeMended() {
        Line line = new Line(7, "");
        assertThat(RunText.failure(Row.rejected(line, null, "not JSON"))).isEqualTo("line 7 REJECTED: not JSON");
        assertThat(RunText.failure(Row.rejected(line, "a", "comand: not known")))
                .isEqualTo("a REJECTED: line 7: comand: not known");
    }

    @Test
    void countsAsSpilledWhatWantedAnotherCapacityFirst() {
        Row first = Row.of(Records.running("a", CapacityType.EC2).build(), 1);
        Row second = Row.of(Records.running("b", CapacityType.FARGATE).build(), 2);

        assertThat(Tally.of(2, List.of(first, second)).spilledToFargate()).isEqualTo(1);
    }
}
