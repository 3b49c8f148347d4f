package dev.spillway.local.cli.record;

import static dev.spillway.local.cli.run.Records.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.local.cli.run.Records;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordTextTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void saysAllThatIsKnownOfAnEndedTaskInThePersonsTime() {
        assertThat(text(Records.failed("a")))
                .containsSubsequence(
                        "Task                a",
                        "Status              FAILED",
                        "Reason              exit code 3",
                        "Capacity type       EC2",
                        "Exit code           3",
                        "Attempt             1 of 2",
                        "ECS task            arn:aws:ecs:us-east-1:000000000000:task/spillway/a",
                        "Sent                2026-11-01 11:00:00",
                        "Ended               2026-11-01 11:00:05",
                        "Waited              2.0 s",
                        "Ran                 3.0 s",
                        "Task definition     spillway-word-count",
                        "Tag                 team=prose",
                        "Fallback chain      EC2, FARGATE",
                        "Timeout             PT5M",
                        "History",
                        "  2026-11-01 11:00:01  LAUNCHING  accepted",
                        "  2026-11-01 11:00:02  RUNNING    running on EC2",
                        "  2026-11-01 11:00:05  FAILED     ended");
    }

    @Test
    void saysHowLongALivingTaskHasWaitedAndRun() {
        assertThat(text(Records.waiting("a"))).contains("Waits for           1 min 00 s");
        assertThat(text(Records.running("a", CapacityType.FARGATE).build()))
                .contains("Waited              2.0 s", "Runs for            58.0 s");
    }

    @Test
    void leavesOutWhatIsNotKnownOfARejectedMessage() {
        assertThat(text(Records.rejected("a")))
                .contains("Status              REJECTED")
                .noneMatch(line -> line.contains("null"))
                .noneMatch(line -> line.startsWith("Attempt"));
    }

    @Test
    void neverShowsWhatMayBeASecret() {
        assertThat(text(Records.failed("a"))).noneMatch(line -> line.contains(Records.SECRET));
        assertThat(RecordJson.of(Records.failed("a")).toString()).doesNotContain(Records.SECRET);
    }

    @Test
    void keepsTerminalsFromObeyingAReason() {
        TaskRecord cancelled = Records.accepted("a")
                .reason("\u001b[2Jgone\nStatus  SUCCEEDED")
                .note(SENT, "\u009b2Jgone")
                .build();

        assertThat(text(cancelled))
                .contains("Reason              �[2Jgone Status  SUCCEEDED")
                .anyMatch(line -> line.endsWith("�2Jgone"));
    }

    private static List<String> text(TaskRecord record) {
        return RecordText.lines(record, SENT.plusSeconds(60), BERLIN);
    }
}
