package dev.spillway.local.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.local.cli.run.Records;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class StatusLinesTest {

    private final StatusLines lines = new StatusLines(ZoneId.of("Europe/Berlin"));

    @Test
    void saysWhatHappensInThePersonsTime() {
        assertThat(lines.of(Records.accepted("a").build())).hasValue("11:00:01  a  LAUNCHING");
        assertThat(lines.of(Records.running("a", CapacityType.FARGATE).build()))
                .hasValue("11:00:02  a  RUNNING on FARGATE");
        assertThat(lines.of(Records.failed("a"))).hasValue("11:00:05  a  FAILED on EC2, exit code 3: exit code 3");
    }

    @Test
    void saysWhatATaskWaitsFor() {
        assertThat(lines.of(Records.waiting("a")))
                .hasValue("11:00:02  a  WAITING: EC2 has no room for 256 CPU units and 512 MiB");
    }

    @Test
    void saysNothingOfARecordThatWasOnlyWrittenAgain() {
        TaskRecord running = Records.running("a", CapacityType.EC2).build();
        lines.of(running);

        assertThat(lines.of(running)).isEmpty();
        assertThat(lines.of(running.toBuilder().version(9).build())).isEmpty();
    }

    @Test
    void saysNothingOfAnOlderRecord() {
        lines.of(Records.succeeded("a"));

        assertThat(lines.of(Records.accepted("a").build())).isEmpty();
    }
}
