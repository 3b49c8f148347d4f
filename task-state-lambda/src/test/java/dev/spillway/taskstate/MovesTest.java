package dev.spillway.taskstate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.HistoryEntry;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.common.task.Timings;
import dev.spillway.taskstate.event.Event;
import dev.spillway.taskstate.event.TaskChange;
import dev.spillway.taskstate.stop.StopJudgement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MovesTest {

    private static final Instant NOW = Records.NOW;
    private static final Duration RETENTION = Duration.ofDays(14);
    private static final TaskRequest ONCE = Records.request("t", 1, null, null, 0);
    private static final TaskRequest THRICE = Records.request("t", 3, null, null, 0);

    private final StopJudgement judgement = new StopJudgement(10);
    private final Consequences consequences = new Consequences(RETENTION);
    private final Moves moves = new Moves(judgement, consequences);
    private final OverdueMoves overdue = new OverdueMoves(judgement, consequences);

    /** Which status a record is in after a piece of news; a word where it is left as it is. */
    static Stream<Arguments> newsOfTheCurrentTask() {
        TaskChange runs = Records.news(Records.ARN, 3, "RUNNING");
        TaskChange done = Records.exited(Records.ARN, 0);
        TaskChange failed = Records.exited(Records.ARN, 1);
        TaskChange lost = Records.interrupted(Records.ARN);
        TaskRecord launching = Records.launching(ONCE);
        TaskRecord waiting = Records.waiting(ONCE);
        TaskRecord unanswered = Records.unanswered(ONCE);
        TaskRecord placed = Records.placed(ONCE);
        TaskRecord running = Records.running(ONCE);
        return Stream.of(
                argumentSet("running, faster than RunTask's answer", launching, runs, "RUNNING"),
                argumentSet("running, though RunTask said no", waiting, runs, "RUNNING"),
                argumentSet("running, and RunTask gave no answer", unanswered, runs, "RUNNING"),
                argumentSet("running, as expected", placed, runs, "RUNNING"),
                argumentSet("running, again", running, runs, "ignored"),
                argumentSet("running, a later version", running, Records.news(Records.ARN, 4, "RUNNING"), "ignored"),
                argumentSet("pending before the answer", launching, Records.pending(Records.ARN), "ignored"),
                argumentSet("pending", placed, Records.pending(Records.ARN), "ignored"),
                argumentSet("pending, late", running, Records.pending(Records.ARN), "ignored"),
                argumentSet("stopping", running, Records.news(Records.ARN, 5, "STOPPING"), "ignored"),
                argumentSet("done before the answer", launching, done, "SUCCEEDED"),
                argumentSet("done, and no answer", unanswered, done, "SUCCEEDED"),
                argumentSet("done before it was seen running", placed, done, "SUCCEEDED"),
                argumentSet("done", running, done, "SUCCEEDED"),
                argumentSet("failed", running, failed, "FAILED"),
                argumentSet("failed with attempts left", Records.running(THRICE), failed, "WAITING"),
                argumentSet("failed before the answer", Records.launching(THRICE), failed, "WAITING"),
                argumentSet("lost", running, lost, "WAITING"),
                argumentSet("lost before the answer", launching, lost, "WAITING"),
                argumentSet("lost, and no answer", unanswered, lost, "WAITING"),
                argumentSet("its end, older than what is known", version(running, 6), done, "ignored"),
                argumentSet("its end, the first news at all", version(placed, 0), done, "SUCCEEDED"));
    }

    @ParameterizedTest
    @MethodSource("newsOfTheCurrentTask")
    void news_of_the_current_task(TaskRecord record, TaskChange change, String expected) {
        assertThat(outcome(record, change)).isEqualTo(expected);
    }

    static Stream<Arguments> newsOfAnotherTask() {
        TaskChange runs = Records.news(Records.OTHER, 3, "RUNNING");
        TaskChange done = Records.exited(Records.OTHER, 0);
        TaskRecord running = Records.running(ONCE);
        TaskRecord past = Records.waiting(ONCE).toBuilder()
                .taskArn(Records.OTHER)
                .leaveTask()
                .build();
        TaskRecord onLambda = Records.placed(Records.functionRequest("t", 1, null));
        TaskRecord succeeded = Records.ended(ONCE, TaskStatus.SUCCEEDED);
        return Stream.of(
                argumentSet("runs beside the current one", running, runs, "stop"),
                argumentSet("is about to run beside it", running, Records.pending(Records.OTHER), "stop"),
                argumentSet("runs beside a function", onLambda, runs, "stop"),
                argumentSet("is stopping", running, Records.news(Records.OTHER, 5, "STOPPING"), "ignored"),
                argumentSet("has stopped", running, done, "ignored"),
                argumentSet("runs after the end", succeeded, runs, "stop"),
                argumentSet("is about to run after the end", succeeded, Records.pending(Records.OTHER), "stop"),
                argumentSet("has stopped after the end", succeeded, done, "ignored"),
                argumentSet("ran in the past, and stops", past, done, "ignored"),
                argumentSet("ran in the past, late news", past, runs, "ignored"),
                argumentSet(
                        "was stopped by Spillway, and nothing is current",
                        Records.waiting(ONCE),
                        Records.stopped(Records.OTHER, "UserInitiated", "spillway: launch 3 of task t is not wanted"),
                        "ignored"));
    }

    @ParameterizedTest
    @MethodSource("newsOfAnotherTask")
    void a_task_that_is_not_the_current_one(TaskRecord record, TaskChange change, String expected) {
        assertThat(outcome(record, change)).isEqualTo(expected);
    }

    @Nested
    class After_the_end {

        @ParameterizedTest
        @EnumSource(
                value = TaskStatus.class,
                names = {"SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELLED"})
        void late_news_of_the_task_itself_stops_nothing(TaskStatus end) {
            TaskRecord record = Records.ended(ONCE, end);
            for (long version : new long[] {1, 3, 6}) {
                assertThat(outcome(record, Records.news(Records.ARN, version, "RUNNING")))
                        .isEqualTo("ignored");
            }
            assertThat(outcome(record, Records.exited(Records.ARN, 0))).isEqualTo("ignored");
        }

        @Test
        void a_task_that_was_cancelled_and_starts_all_the_same_is_stopped() {
            TaskRecord cancelled = version(Records.ended(ONCE, TaskStatus.CANCELLED), 2);
            assertThat(outcome(cancelled, Records.news(Records.ARN, 3, "RUNNING")))
                    .isEqualTo("stop");
            assertThat(outcome(cancelled, Records.news(Records.ARN, 4, "STOPPING")))
                    .isEqualTo("ignored");
        }

        @Test
        void a_rejected_id_has_no_strays() {
            TaskRecord rejected = TaskRecord.first(new TaskId("t"), TaskStatus.REJECTED, NOW, NOW, "rejected")
                    .build();
            assertThat(outcome(rejected, Records.news(Records.ARN, 3, "RUNNING")))
                    .isEqualTo("ignored");
        }
    }

    @Nested
    class Running {

        @Test
        void is_looked_at_again_after_a_while() {
            TaskRecord next = write(Records.placed(ONCE), Records.news(Records.ARN, 3, "RUNNING"));
            assertThat(next.startedAt()).isEqualTo(NOW.minusSeconds(30));
            assertThat(next.dueAt()).isEqualTo(NOW.plus(Timings.RECONCILE));
            assertThat(next.eventVersion()).isEqualTo(3);
            assertThat(next.reason()).isNull();
            assertThat(lastLine(next)).isEqualTo("running on EC2_SPOT");
        }

        @Test
        void is_looked_at_when_its_time_is_over() {
            TaskRequest twoMinutes = Records.request("t", 1, Duration.ofMinutes(2), null, 0);
            TaskRecord next = write(Records.placed(twoMinutes), Records.news(Records.ARN, 3, "RUNNING"));
            assertThat(next.dueAt()).isEqualTo(NOW.minusSeconds(30).plus(Duration.ofMinutes(2)));
        }

        @Test
        void without_an_instant_of_its_start_begins_now() {
            TaskChange odd = new TaskChange(
                    Records.ARN,
                    3,
                    "RUNNING",
                    Records.DEFINITION,
                    null,
                    Records.INSTANCE,
                    null,
                    "",
                    List.of(),
                    null,
                    null);
            assertThat(write(Records.placed(ONCE), odd).startedAt()).isEqualTo(NOW);
        }
    }

    @Nested
    class A_task_that_shows_itself_first {

        @Test
        void becomes_the_current_one_and_the_launch_is_not_asked_again() {
            TaskRecord next = write(Records.unanswered(ONCE), Records.news(Records.ARN, 3, "RUNNING"));
            assertThat(next.taskArn()).isEqualTo(Records.ARN);
            assertThat(next.containerInstanceArn()).isEqualTo(Records.INSTANCE);
            assertThat(next.placedAt()).isEqualTo(NOW);
            assertThat(next.replayLaunch()).isFalse();
            assertThat(next.notBefore()).isNull();
            assertThat(next.claim()).isNull();
        }

        @Test
        void of_a_refused_launch_runs_on_what_was_refused_and_not_on_what_was_asked_next() {
            TaskRecord askingFargate = Records.launching(ONCE).toBuilder()
                    .launch(2)
                    .capacityType(CapacityType.FARGATE)
                    .build();
            TaskRecord next = write(askingFargate, Records.news(Records.ARN, 3, "RUNNING"));
            assertThat(next.capacityType()).isEqualTo(CapacityType.EC2_SPOT);
            assertThat(lastLine(next)).isEqualTo("running on EC2_SPOT");
        }

        @Test
        void on_Fargate_while_a_container_instance_is_asked() {
            TaskChange onFargate = new TaskChange(
                    Records.ARN, 3, "RUNNING", Records.DEFINITION, null, null, null, "", List.of(), NOW, null);
            assertThat(write(Records.launching(ONCE), onFargate).capacityType()).isEqualTo(CapacityType.FARGATE);
        }

        /** Taken for an invocation, it would be given up after a while and started again beside itself. */
        @ParameterizedTest
        @EnumSource(names = {"EC2_SPOT", "FARGATE"})
        void while_a_function_is_asked_runs_where_it_runs_and_not_on_Lambda(CapacityType shown) {
            TaskRequest chain = new TaskRequest(
                    ONCE.taskId(),
                    ONCE.container(),
                    Records.functionRequest("t", 1, null).function(),
                    List.of(shown, CapacityType.LAMBDA),
                    0,
                    ONCE.retry(),
                    null,
                    null);
            TaskRecord askingLambda = Records.launching(chain).toBuilder()
                    .launch(2)
                    .capacityType(CapacityType.LAMBDA)
                    .build();
            TaskChange running = new TaskChange(
                    Records.ARN,
                    3,
                    "RUNNING",
                    Records.DEFINITION,
                    null,
                    shown.isEc2() ? Records.INSTANCE : null,
                    null,
                    "",
                    List.of(),
                    NOW,
                    null);
            assertThat(write(askingLambda, running).capacityType()).isEqualTo(shown);
        }

        @Test
        void and_is_lost_at_once_waits_for_a_new_launch() {
            TaskRecord next = write(Records.unanswered(ONCE), Records.interrupted(Records.ARN));
            assertThat(next.replayLaunch()).isFalse();
            assertThat(next.pastTaskArns()).containsExactly(Records.ARN);
            assertThat(next.taskArn()).isNull();
        }
    }

    @Nested
    class An_end {

        @Test
        void keeps_what_ECS_says_of_it() {
            TaskRecord next = write(Records.placed(ONCE), Records.exited(Records.ARN, 3));
            assertThat(next.status()).isEqualTo(TaskStatus.FAILED);
            assertThat(next.reason()).isEqualTo("exit code 3");
            assertThat(next.exitCode()).isEqualTo(3);
            assertThat(next.startedAt()).isEqualTo(NOW.minusSeconds(30));
            assertThat(next.stoppedAt()).isEqualTo(NOW.minusSeconds(1));
            assertThat(next.dueAt()).isNull();
            assertThat(next.expiresAt()).isEqualTo(NOW.plus(RETENTION));
            assertThat(next.eventVersion()).isEqualTo(6);
            assertThat(next.taskArn()).isEqualTo(Records.ARN);
        }

        @Test
        void looks_only_at_essential_containers() {
            TaskChange change = Records.stopped(
                    Records.ARN,
                    "EssentialContainerExited",
                    "Essential container in task exited",
                    new TaskChange.Container("sidecar", 1, ""),
                    new TaskChange.Container("main", 0, ""));
            assertThat(moves.of(Records.running(ONCE), change, List.of("main"), NOW))
                    .isInstanceOfSatisfying(
                            Move.Write.class, w -> assertThat(w.next().status()).isEqualTo(TaskStatus.SUCCEEDED));
            assertThat(moves.of(Records.running(ONCE), change, List.of(), NOW))
                    .isInstanceOfSatisfying(
                            Move.Write.class, w -> assertThat(w.next().status()).isEqualTo(TaskStatus.FAILED));
        }

        @Test
        void by_our_own_stop_is_a_timeout_whoever_writes_it() {
            TaskChange ours = Records.stopped(Records.ARN, "UserInitiated", "spillway: timed out after PT1M");
            TaskRecord next = write(Records.running(THRICE), ours);
            assertThat(next.status()).isEqualTo(TaskStatus.TIMED_OUT);
            assertThat(next.reason()).isEqualTo("timed out after PT1M");
        }
    }

    @Nested
    class A_retry {

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 9})
        void spends_an_attempt_and_waits_longer_each_time(int attempt) {
            TaskRequest ten = Records.request("t", 10, null, null, 0);
            TaskRecord record =
                    Records.running(ten).toBuilder().attempt(attempt).build();
            TaskRecord next = write(record, Records.exited(Records.ARN, 3));
            Duration whole = Duration.ofSeconds(Math.min(600, 10L << (attempt - 1)));
            assertThat(next.status()).isEqualTo(TaskStatus.WAITING);
            assertThat(next.attempt()).isEqualTo(attempt + 1);
            assertThat(next.losses()).isZero();
            assertThat(next.exitCode()).isEqualTo(3);
            assertThat(Duration.between(NOW, next.notBefore()))
                    .isEqualTo(Timings.retryDelay(record))
                    .isBetween(whole.dividedBy(2), whole);
            assertThat(next.dueAt()).isEqualTo(next.notBefore());
            assertThat(next.pastTaskArns()).containsExactly(Records.ARN);
            assertThat(next.startedAt()).isNull();
            assertThat(next.eventVersion()).isZero();
        }

        @Test
        void says_what_happened() {
            TaskRecord next = write(Records.running(THRICE), Records.exited(Records.ARN, 3));
            String delay = Timings.retryDelay(Records.running(THRICE)).toSeconds() + " s";
            assertThat(lastLine(next)).isEqualTo("attempt 1 of 3 failed: exit code 3; again in " + delay);
            assertThat(next.reason()).isEqualTo(lastLine(next));
        }

        @Test
        void does_not_use_up_the_patience_for_a_place() {
            TaskRequest impatient = Records.request("t", 3, null, Duration.ofSeconds(1), 0);
            TaskRecord next = write(Records.running(impatient), Records.exited(Records.ARN, 3));
            assertThat(Timings.waitDeadline(next)).isAfter(next.notBefore());
        }

        @Test
        void is_the_last_when_the_attempts_are_spent() {
            TaskRecord last = Records.running(THRICE).toBuilder().attempt(3).build();
            assertThat(write(last, Records.exited(Records.ARN, 3)).status()).isEqualTo(TaskStatus.FAILED);
        }
    }

    @Nested
    class A_loss {

        @Test
        void spends_no_attempt_and_joins_the_line_at_once() {
            TaskRecord next = write(Records.running(ONCE), Records.interrupted(Records.ARN));
            assertThat(next.attempt()).isEqualTo(1);
            assertThat(next.losses()).isEqualTo(1);
            assertThat(next.notBefore()).isNull();
            assertThat(next.waitingSince()).isEqualTo(NOW);
            assertThat(next.dueAt()).isEqualTo(NOW.plus(Timings.LOOK_AT_WAITING));
            assertThat(lastLine(next))
                    .isEqualTo("lost to the infrastructure, no attempt spent: Your Spot Task was interrupted.");
        }

        @Test
        void gives_the_task_new_patience() {
            TaskRequest patient = Records.request("t", 1, null, Duration.ofMinutes(2), 0);
            TaskRecord next = write(Records.running(patient), Records.interrupted(Records.ARN));
            assertThat(next.dueAt()).isEqualTo(NOW.plus(Duration.ofMinutes(2)));
        }

        @Test
        void beyond_the_bound_is_the_end() {
            TaskRecord tenth = Records.running(THRICE).toBuilder().losses(10).build();
            TaskRecord next = write(tenth, Records.interrupted(Records.ARN));
            assertThat(next.status()).isEqualTo(TaskStatus.FAILED);
            assertThat(next.reason()).isEqualTo("lost 11 times, the last time: Your Spot Task was interrupted.");
        }

        @Test
        void of_which_ECS_has_forgotten_the_end_says_so() {
            TaskRecord next = overdue.vanished(Records.running(ONCE), NOW);
            assertThat(next.status()).isEqualTo(TaskStatus.WAITING);
            assertThat(lastLine(next))
                    .isEqualTo("lost to the infrastructure, no attempt spent: ECS no longer knows " + Records.ARN
                            + ", and its end was not seen");
        }
    }

    @Nested
    class A_failed_start {

        private static final String PULL = "CannotPullContainerError: no such host";
        private static final String NO_PLACE = "TaskFailedToStart: RESOURCE:MEMORY";

        @ParameterizedTest
        @CsvSource({"0, 15, 45", "1, 30, 90", "2, 60, 180"})
        void is_not_made_good_at_once(int before, long atLeast, long atMost) {
            TaskRecord record = Records.placed(ONCE).toBuilder()
                    .failedStarts(before)
                    .losses(7)
                    .build();
            TaskRecord next = write(record, Records.notStarted(Records.ARN, PULL));
            assertThat(next.status()).isEqualTo(TaskStatus.WAITING);
            assertThat(next.failedStarts()).isEqualTo(before + 1);
            assertThat(next.losses()).isEqualTo(7);
            assertThat(next.attempt()).isEqualTo(1);
            assertThat(Duration.between(NOW, next.notBefore()))
                    .isBetween(Duration.ofSeconds(atLeast), Duration.ofSeconds(atMost));
            assertThat(next.dueAt()).isEqualTo(next.notBefore());
            assertThat(next.waitingSince()).isEqualTo(next.notBefore());
            assertThat(lastLine(next)).startsWith("could not be started, no attempt spent: " + PULL + "; again in ");
        }

        @ParameterizedTest
        @CsvSource({"0, 15, 45", "1, 30, 90", "9, 240, 720"})
        void for_want_of_a_place_is_a_loss_with_a_pause(int losses, long atLeast, long atMost) {
            TaskRecord record = Records.placed(ONCE).toBuilder()
                    .losses(losses)
                    .failedStarts(2)
                    .build();
            TaskRecord next = write(record, Records.notStarted(Records.ARN, NO_PLACE));
            assertThat(next.losses()).isEqualTo(losses + 1);
            assertThat(next.failedStarts()).isEqualTo(2);
            assertThat(Duration.between(NOW, next.notBefore()))
                    .isBetween(Duration.ofSeconds(atLeast), Duration.ofSeconds(atMost));
        }

        @Test
        void is_forgotten_once_the_task_has_run() {
            TaskRecord twice = Records.placed(ONCE).toBuilder().failedStarts(2).build();
            assertThat(write(twice, Records.news(Records.ARN, 3, "RUNNING")).failedStarts())
                    .isZero();
            // The news of the start is lost, and only the stop says that it ran.
            assertThat(write(twice, Records.interrupted(Records.ARN)).failedStarts())
                    .isZero();
        }

        @Test
        void does_not_use_up_what_is_left_for_losses_nor_they_what_is_left_for_it() {
            TaskRecord unlucky =
                    Records.placed(ONCE).toBuilder().losses(5).failedStarts(2).build();
            assertThat(write(unlucky, Records.notStarted(Records.ARN, PULL)).status())
                    .isEqualTo(TaskStatus.WAITING);
            TaskRecord hopeless = unlucky.toBuilder().losses(0).failedStarts(3).build();
            TaskRecord end = write(hopeless, Records.notStarted(Records.ARN, PULL));
            assertThat(end.status()).isEqualTo(TaskStatus.FAILED);
            assertThat(end.reason()).isEqualTo("could not be started 4 times, the last time: " + PULL);
        }
    }

    @Nested
    class A_function {

        private final TaskRequest twice = Records.functionRequest("t", 2, null);
        private final TaskRecord placed = Records.placed(twice);

        @Test
        void that_returned_has_succeeded() {
            TaskRecord next = write(placed, ended(1, "request-1", null));
            assertThat(next.status()).isEqualTo(TaskStatus.SUCCEEDED);
            assertThat(next.reason()).isEqualTo("the function returned");
            assertThat(next.exitCode()).isNull();
        }

        @Test
        void that_failed_is_invoked_again_while_attempts_are_left() {
            TaskRecord next = write(placed, ended(1, "request-1", "RetriesExhausted"));
            assertThat(next.status()).isEqualTo(TaskStatus.WAITING);
            assertThat(next.attempt()).isEqualTo(2);
            assertThat(next.pastTaskArns()).containsExactly("request-1");
            TaskRecord second = placed.toBuilder().attempt(2).build();
            assertThat(write(second, ended(1, "request-1", "RetriesExhausted")).status())
                    .isEqualTo(TaskStatus.FAILED);
        }

        @Test
        void that_was_faster_than_the_answer_of_Invoke() {
            assertThat(write(Records.launching(twice), ended(1, "request-9", null))
                            .taskArn())
                    .isEqualTo("request-9");
            assertThat(write(Records.unanswered(twice), ended(1, "request-9", null))
                            .status())
                    .isEqualTo(TaskStatus.SUCCEEDED);
        }

        @Test
        void of_another_launch_or_kind_is_ignored() {
            assertIgnored(placed, ended(2, "request-2", null));
            assertIgnored(placed, ended(0, "request-2", null));
            assertIgnored(Records.placed(ONCE), ended(1, "request-1", null));
            assertIgnored(Records.ended(twice, TaskStatus.TIMED_OUT), ended(1, "request-1", null));
        }

        @Test
        void of_which_the_same_news_comes_twice() {
            TaskRecord once = write(placed, ended(1, "request-1", "RetriesExhausted"));
            assertIgnored(once, ended(1, "request-1", "RetriesExhausted"));
        }

        @Test
        void that_was_invoked_twice_for_one_launch_spends_one_attempt_and_may_still_succeed() {
            TaskRecord once = write(placed, ended(1, "request-1", "RetriesExhausted"));
            assertIgnored(once, ended(1, "request-2", "RetriesExhausted"));
            assertThat(write(once, ended(1, "request-2", null)).status()).isEqualTo(TaskStatus.SUCCEEDED);
        }

        @Test
        void of_which_nothing_is_heard_says_what_may_be_missing() {
            TaskRecord next = overdue.unheardOf(placed.toBuilder().attempt(2).build(), NOW);
            assertThat(next.status()).isEqualTo(TaskStatus.FAILED);
            assertThat(next.reason()).contains("destinations");
            assertThat(overdue.unheardOf(placed, NOW).status()).isEqualTo(TaskStatus.WAITING);
        }

        @Test
        void has_its_time_from_when_it_was_accepted() {
            TaskRecord minute = Records.placed(Records.functionRequest("t", 1, Duration.ofMinutes(1)));
            assertThat(Timings.functionDeadline(minute)).isEqualTo(NOW.plusSeconds(20));
            assertThat(Timings.functionDeadline(placed)).isEqualTo(Instant.MAX);
        }

        private void assertIgnored(TaskRecord record, Event.FunctionEnded news) {
            assertThat(moves.of(record, news, NOW)).isInstanceOf(Move.Ignore.class);
        }

        private TaskRecord write(TaskRecord record, Event.FunctionEnded news) {
            return ((Move.Write) moves.of(record, news, NOW)).next();
        }

        private static Event.FunctionEnded ended(int launch, String requestId, @Nullable String error) {
            return new Event.FunctionEnded(new TaskId("t"), launch, requestId, error == null, error, NOW);
        }
    }

    @Nested
    class Time_that_is_up {

        @Test
        void for_a_run() {
            TaskRecord record = Records.running(Records.request("t", 3, Duration.ofMinutes(1), null, 0));
            TaskRecord next = overdue.timedOut(record, NOW);
            assertThat(next.status()).isEqualTo(TaskStatus.TIMED_OUT);
            assertThat(next.reason()).isEqualTo("timed out after PT1M");
            assertThat(next.dueAt()).isNull();
        }

        @Test
        void for_a_place_ends_with_what_was_missing() {
            TaskRecord record = Records.waiting(Records.request("t", 1, null, Duration.ofMinutes(5), 0));
            TaskRecord next = overdue.waitedTooLong(record, NOW);
            assertThat(next.status()).isEqualTo(TaskStatus.FAILED);
            assertThat(next.reason()).isEqualTo("no place within PT5M: no room");
        }
    }

    @Nested
    class A_stray {

        private final Move.Stop stray = new Move.Stop(Records.OTHER, "task t already runs as another one");

        @Test
        void is_noted_among_the_past_and_leaves_the_current_task_alone() {
            TaskRecord record = Records.running(ONCE);
            TaskRecord next = ((Move.Write) moves.noted(record, stray, NOW)).next();
            assertThat(next)
                    .usingRecursiveComparison()
                    .ignoringFields("history", "updatedAt", "pastTaskArns")
                    .isEqualTo(record);
            assertThat(next.pastTaskArns()).containsExactly(Records.OTHER);
            assertThat(lastLine(next)).isEqualTo("stopped " + Records.OTHER + ": task t already runs as another one");
        }

        @Test
        void that_is_noted_is_not_noted_or_stopped_again() {
            TaskRecord next = ((Move.Write) moves.noted(Records.running(ONCE), stray, NOW)).next();
            assertThat(moves.noted(next, stray, NOW)).isInstanceOf(Move.Ignore.class);
            assertThat(outcome(next, Records.news(Records.OTHER, 3, "RUNNING"))).isEqualTo("ignored");
        }

        @Test
        void cannot_end_a_record_that_has_lost_its_own_task_meanwhile() {
            TaskRecord noted = ((Move.Write) moves.noted(Records.running(ONCE), stray, NOW)).next();
            TaskRecord waiting = write(noted, Records.interrupted(Records.ARN));
            assertThat(outcome(waiting, Records.exited(Records.OTHER, 1))).isEqualTo("ignored");
        }
    }

    private String outcome(TaskRecord record, TaskChange change) {
        Move move = moves.of(record, change, List.of(), NOW);
        return switch (move) {
            case Move.Ignore ignored -> "ignored";
            case Move.Stop stop -> {
                assertThat(stop.taskArn()).isEqualTo(change.taskArn());
                yield "stop";
            }
            case Move.Write write -> write.next().status().name();
        };
    }

    private TaskRecord write(TaskRecord record, TaskChange change) {
        return ((Move.Write) moves.of(record, change, List.of(), NOW)).next();
    }

    private static TaskRecord version(TaskRecord record, long version) {
        return record.toBuilder().eventVersion(version).build();
    }

    private static String lastLine(TaskRecord record) {
        HistoryEntry last = record.history().getLast();
        assertThat(last.status()).isEqualTo(record.status());
        return last.what();
    }
}
