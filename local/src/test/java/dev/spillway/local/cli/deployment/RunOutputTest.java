package dev.spillway.local.cli.deployment;

import static dev.spillway.local.cli.deployment.Fixture.TASK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.cli.deployment.RunOutput.Outcome;
import dev.spillway.local.cli.run.Records;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class RunOutputTest {

    private static final TaskRecord FIRST_RUN =
            Records.accepted("a").taskArn("run-1").build();
    private static final TaskRecord SECOND_RUN =
            FIRST_RUN.toBuilder().leaveTask().taskArn("run-2").build();

    private final Fixture spillway = new Fixture();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final RunOutput output = new RunOutput(spillway.deployment(), TASK, printed);

    @Test
    void copiesTheLastRunUnlessAnotherIsWanted() throws Exception {
        spillway.write(SECOND_RUN);
        spillway.log("run-1", "one\n");
        spillway.log("run-2", "two\n");

        assertThat(output.copy(null)).isEqualTo(new Outcome.Copied());
        assertThat(output.copy(1)).isEqualTo(new Outcome.Copied());
        assertThat(printed.toString(UTF_8)).isEqualTo("two\none\n");
    }

    @Test
    void saysWhatThereIsNot() throws Exception {
        assertThat(output.copy(null)).isEqualTo(new Outcome.NoTask());

        spillway.write(FIRST_RUN);
        assertThat(output.copy(null)).isEqualTo(new Outcome.NoOutput(FIRST_RUN, "run-1"));
        assertThat(output.copy(0)).isInstanceOf(Outcome.NoRun.class);
        assertThat(output.copy(2))
                .isInstanceOfSatisfying(
                        Outcome.NoRun.class, none -> assertThat(none.runs()).isEqualTo(1));
    }

    @Test
    void followsATaskOverItsRunsToItsEnd() throws Exception {
        spillway.write(Records.waiting("a"));
        spillway.happenings.add(() -> spillway.write(FIRST_RUN));
        spillway.happenings.add(() -> spillway.log("run-1", "one, "));
        spillway.happenings.add(() -> spillway.log("run-1", "two, "));
        spillway.happenings.add(() -> {
            spillway.log("run-1", "lost; ");
            spillway.write(SECOND_RUN);
            spillway.log("run-2", "again, ");
        });
        spillway.happenings.add(() -> {
            spillway.log("run-2", "done");
            spillway.write(SECOND_RUN.toBuilder()
                    .become(TaskStatus.SUCCEEDED, Records.SENT, "done")
                    .build());
        });

        assertThat(output.follow(spillway)).isEqualTo(new Outcome.Copied());
        assertThat(printed.toString(UTF_8)).isEqualTo("one, two, lost; again, done");
    }

    @Test
    void followsNoTaskThatEndsWithoutARun() throws Exception {
        spillway.write(Records.rejected("a"));

        assertThat(output.follow(spillway)).isInstanceOf(Outcome.NoRun.class);
    }

    @Test
    void stopsFollowingWhenItIsToldTo() throws Exception {
        spillway.write(FIRST_RUN);

        assertThat(output.follow(atMost -> true)).isEqualTo(new Outcome.Stopped());
    }
}
