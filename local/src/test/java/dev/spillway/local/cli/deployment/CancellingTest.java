package dev.spillway.local.cli.deployment;

import static dev.spillway.local.cli.deployment.Fixture.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.message.MessageParser;
import dev.spillway.common.message.ParsedMessage;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.cli.deployment.Cancelling.Outcome;
import dev.spillway.local.cli.run.Records;
import org.junit.jupiter.api.Test;

class CancellingTest {

    private static final TaskRecord RUNNING =
            Records.running("a", CapacityType.EC2).build();
    private static final TaskRecord CANCELLED =
            Records.ended("a", TaskStatus.CANCELLED, 137).build();

    private final Fixture spillway = new Fixture();
    private final Cancelling cancelling = new Cancelling(spillway.deployment(), spillway, spillway);

    @Test
    void waitsUntilTheTaskIsCancelled() {
        spillway.write(RUNNING);
        spillway.happenings.add(() -> {});
        spillway.happenings.add(() -> spillway.write(CANCELLED));

        assertThat(cancelling.cancel(TASK, null))
                .isInstanceOfSatisfying(
                        Outcome.Cancelled.class,
                        outcome -> assertThat(outcome.known()).isTrue());
    }

    @Test
    void sendsWhatTheDriverReads() {
        cancelling.send(TASK, "\"no\" \u001b need\n");

        assertThat(spillway.sent)
                .extracting(body -> MessageParser.parse(body, "message"))
                .containsExactly(new ParsedMessage.Cancel(TASK, "\"no\" \u001b need\n"));
    }

    @Test
    void leavesTheReasonToTheDriverWhenThereIsNone() {
        assertThat(cancelling.send(TASK, null)).isEqualTo(new Outcome.Sent());
        assertThat(spillway.sent).containsExactly("{\"cancel\":\"a\"}");
    }

    @Test
    void cancelsATaskWhoseMessageHasNotComeYet() {
        spillway.happenings.add(() -> spillway.write(CANCELLED));

        assertThat(cancelling.cancel(TASK, null))
                .isInstanceOfSatisfying(
                        Outcome.Cancelled.class,
                        outcome -> assertThat(outcome.known()).isFalse());
    }

    @Test
    void sendsNothingForATaskThatHasEnded() {
        spillway.write(Records.succeeded("a"));

        assertThat(cancelling.cancel(TASK, null)).isInstanceOf(Outcome.EndedBefore.class);
        assertThat(spillway.sent).isEmpty();
    }

    @Test
    void saysSoWhenTheTaskIsFasterThanTheMessage() {
        spillway.write(RUNNING);
        spillway.happenings.add(() -> spillway.write(Records.succeeded("a")));

        assertThat(cancelling.cancel(TASK, null)).isInstanceOf(Outcome.EndedMeanwhile.class);
    }

    @Test
    void givesUpAfterTenSeconds() {
        spillway.write(RUNNING);

        assertThat(cancelling.cancel(TASK, null)).isInstanceOf(Outcome.NotYet.class);
        assertThat(spillway.passed()).isEqualTo(Cancelling.PATIENCE);
    }
}
