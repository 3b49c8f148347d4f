package dev.spillway.local.cli.run;

import static dev.spillway.local.cli.run.Records.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunStateTest {

    private static final String A = "{\"taskId\":\"a\",\"taskDefinition\":\"spillway-x\"}";
    private static final String OTHER_A = "{\"taskId\":\"a\",\"taskDefinition\":\"spillway-y\"}";

    @Test
    void aLineIsItsTask() {
        RunState state = state(A);
        sent(state, 1, A);
        assertThat(states(state)).containsExactly("a SENT");

        recorded(state, Records.accepted("a").build());
        recorded(state, Records.succeeded("a"));

        assertThat(states(state)).containsExactly("a SUCCEEDED");
        assertThat(state.rows().getFirst().line()).isEqualTo(1);
    }

    @Test
    void aTaskWithoutAnIdIsKnownByItsMessage() {
        RunState state = state("{\"taskDefinition\":\"spillway-x\"}");
        sent(state, 1, "{\"taskDefinition\":\"spillway-x\"}");
        assertThat(states(state)).containsExactly("line 1 SENT");

        recorded(state, Records.succeeded("message-1"));

        assertThat(states(state)).containsExactly("message-1 SUCCEEDED");
    }

    @Test
    void aRecordMayComeBeforeTheAnswerOfSqs() {
        RunState state = state(A);
        recorded(state, Records.succeeded("a"));
        sent(state, 1, A);

        assertThat(states(state)).containsExactly("a SUCCEEDED");
    }

    @Test
    void anOlderRecordChangesNothing() {
        RunState state = state(A);
        sent(state, 1, A);
        recorded(state, Records.succeeded("a"));
        recorded(state, Records.running("a", CapacityType.EC2).build());

        assertThat(states(state)).containsExactly("a SUCCEEDED");
    }

    @Test
    void aBadLineIsRejectedWithTheReasonOfItsDeadLetter() {
        RunState state = state("no JSON");
        sent(state, 1, "no JSON");
        deadLettered(state, 1, "not JSON");

        assertThat(states(state)).containsExactly("line 1 REJECTED");
        assertThat(state.rows().getFirst().reason()).isEqualTo("not JSON");
    }

    @Test
    void aDeadLetterMayComeBeforeTheAnswerOfSqs() {
        RunState state = state("no JSON");
        deadLettered(state, 1, "not JSON");
        sent(state, 1, "no JSON");

        assertThat(states(state)).containsExactly("line 1 REJECTED");
        assertThat(state.takeNews()).extracting(Row::reason).containsExactly("not JSON");
    }

    @Test
    void aRejectedLineWithAnIdIsShownOnce() {
        RunState state = state(A);
        sent(state, 1, A);
        recorded(state, Records.rejected("a"));
        deadLettered(state, 1, "comand: not known");

        assertThat(states(state)).containsExactly("a REJECTED");
        assertThat(state.rows().getFirst().record()).isNotNull();
    }

    @Test
    void linesOfTheSameContentAreOneTask() {
        RunState state = state(A, A, A);
        IntStream.rangeClosed(1, 3).forEach(n -> sent(state, n, A));
        recorded(state, Records.succeeded("a"));

        assertThat(states(state)).containsExactly("a SUCCEEDED");
        assertThat(state.tally().lines()).isEqualTo(3);
    }

    @Test
    void aLineOfOtherContentUnderTheSameIdIsRejectedAndTheTaskIsNot() {
        RunState state = state(OTHER_A, A);
        sent(state, 1, OTHER_A);
        sent(state, 2, A);
        recorded(state, Records.succeeded("a"));
        deadLettered(state, 1, "belongs to a task of other content");

        assertThat(states(state)).containsExactly("a REJECTED", "a SUCCEEDED");
    }

    @Test
    void aGoodLineUnderTheIdOfARejectedOneIsRejectedToo() {
        RunState state = state(OTHER_A, A);
        sent(state, 1, OTHER_A);
        sent(state, 2, A);
        recorded(state, Records.rejected("a"));
        deadLettered(state, 1, "comand: not known");
        deadLettered(state, 2, "belongs to a task of other content");

        assertThat(states(state)).containsExactly("a REJECTED", "a REJECTED");
        assertThat(state.rows()).extracting(Row::line).containsExactly(1, 2);
    }

    @Test
    void aMessageThatSqsGaveUpOnIsRejectedUnlessItsTaskIsKnown() {
        RunState state = state(A, "{}");
        sent(state, 1, A);
        sent(state, 2, "{}");
        recorded(state, Records.waiting("a"));
        deadLettered(state, 1, null);
        deadLettered(state, 2, null);

        assertThat(states(state)).containsExactly("a WAITING", "line 2 REJECTED");
    }

    @Test
    void aLineThatSqsRefusesIsRejected() {
        RunState state = state("{}", A);
        state.apply(new RunEvent.Refused(new Line(1, "{}"), "invalid characters"), SENT);

        assertThat(states(state)).containsExactly("line 1 REJECTED", "line 2 NOT_SENT");
    }

    @Test
    void theTargetOfACancelMessageIsItsTask() {
        RunState state = state("{\"cancel\":\"a\"}");
        sent(state, 1, "{\"cancel\":\"a\"}");
        recorded(state, Records.running("a", CapacityType.EC2).build());

        assertThat(states(state)).containsExactly("a RUNNING");
    }

    @Test
    void aTaskOfNoLineIsShown() {
        RunState state = state(A);
        recorded(state, Records.succeeded("stranger"));

        assertThat(states(state)).containsExactly("line 1 NOT_SENT", "stranger SUCCEEDED");
    }

    @Test
    void tellsOnceOfEachEndOtherThanSuccess() {
        RunState state = state(A, "no JSON");
        sent(state, 1, A);
        sent(state, 2, "no JSON");
        recorded(state, Records.running("a", CapacityType.EC2).build());
        assertThat(state.takeNews()).isEmpty();

        recorded(state, Records.failed("a"));
        deadLettered(state, 2, "not JSON");
        deadLettered(state, 2, "not JSON");

        assertThat(state.takeNews()).extracting(Row::name).containsExactly("a", "line 2");
        assertThat(state.takeNews()).isEmpty();
    }

    @Test
    void knowsOfAPlannedRetry() {
        RunState state = state(A);
        recorded(
                state,
                Records.waiting("a").toBuilder().notBefore(SENT.plusSeconds(60)).build());

        assertThat(state.lastChange()).isEqualTo(SENT.plusSeconds(60));
    }

    @Test
    void aTryInVainIsNoNews() {
        RunState state = state(A);
        TaskRecord waiting = Records.waiting("a");
        TaskRecord tried = waiting.toBuilder()
                .become(TaskStatus.LAUNCHING, SENT.plusSeconds(60), "released")
                .version(3)
                .build();
        TaskRecord waitingAgain = tried.toBuilder()
                .become(TaskStatus.WAITING, SENT.plusSeconds(61), "no room")
                .version(4)
                .build();
        recorded(state, waiting);
        state.apply(new RunEvent.Recorded(tried), SENT.plusSeconds(60));
        state.apply(new RunEvent.Recorded(waitingAgain), SENT.plusSeconds(61));

        assertThat(state.lastChange()).isEqualTo(SENT);
    }

    @Test
    void aTaskThatLostItsPlaceIsNews() {
        RunState state = state(A);
        TaskRecord running = Records.running("a", CapacityType.EC2).build();
        recorded(state, running);
        TaskRecord lost = running.toBuilder()
                .become(TaskStatus.WAITING, SENT.plusSeconds(600), "its instance is gone")
                .version(3)
                .build();
        state.apply(new RunEvent.Recorded(lost), SENT.plusSeconds(600));

        assertThat(state.lastChange()).isEqualTo(SENT.plusSeconds(600));
    }

    private static RunState state(String... bodies) {
        List<Line> lines = IntStream.range(0, bodies.length)
                .mapToObj(i -> new Line(i + 1, bodies[i]))
                .toList();
        return new RunState(lines, SENT);
    }

    private static void sent(RunState state, int line, String body) {
        state.apply(new RunEvent.Sent(new Line(line, body), "message-" + line), SENT);
    }

    private static void recorded(RunState state, TaskRecord record) {
        state.apply(new RunEvent.Recorded(record), SENT);
    }

    private static void deadLettered(RunState state, int line, @Nullable String reason) {
        state.apply(new RunEvent.DeadLettered("message-" + line, reason), SENT);
    }

    private static List<String> states(RunState state) {
        return state.rows().stream().map(row -> row.name() + " " + row.state()).toList();
    }
}
