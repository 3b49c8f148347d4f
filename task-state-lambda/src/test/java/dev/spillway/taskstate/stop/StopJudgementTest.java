package dev.spillway.taskstate.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.RetryRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

class StopJudgementTest {

    private static final int MAX_LOSSES = 10;
    private static final String FAILED_TO_START = "TaskFailedToStart";
    private static final String EXITED = "EssentialContainerExited";
    private static final String EXITED_WORDS = "Essential container in task exited";
    private static final String PULL = "CannotPullContainerError: pull image manifest has been retried 7 time(s)";
    private static final String NO_SUCH_COMMAND =
            "CannotStartContainerError: Error response from daemon: exec: \"x\": executable file not found in $PATH";
    private static final String OUT_OF_MEMORY = "OutOfMemoryError: Container killed due to memory usage";

    private static final String NEVER_RAN = "an essential container never ran: ";

    private final StopJudgement judgement = new StopJudgement(MAX_LOSSES);

    static Stream<Arguments> stops() {
        return Stream.of(
                // The infrastructure took the run back.
                stop("SpotInterruption", "Your Spot Task was interrupted.")
                        .of("a Fargate Spot interruption", lost("Your Spot Task was interrupted.")),
                stop("SpotInterruption", "", exit(0))
                        .of("an interruption that the job answered with 0", lost("SpotInterruption")),
                stop("SpotInterruption", "", exit(143)).of("an interruption by signal", lost("SpotInterruption")),
                stop("TerminationNotice", "Host EC2 (instance i-0abc) terminated.")
                        .of("an instance that went", lost("Host EC2 (instance i-0abc) terminated.")),
                stop("InfrastructureHealth", "").of("unhealthy infrastructure", lost("InfrastructureHealth")),
                stop("ServiceSchedulerInitiated", "Scaling activity initiated by (deployment ecs-svc/1)", exit(137))
                        .of(
                                "a scheduler that is not ours",
                                lost("Scaling activity initiated by (deployment ecs-svc/1)")),
                stop(null, "Host EC2 (instance i-0abc) terminated.")
                        .of("an instance that went, without a code", lost("Host EC2 (instance i-0abc) terminated.")),
                stop(null, "Host EC2 (instance i-0abc) terminated.", exit(0))
                        .of(
                                "an instance that went, with an exit by SIGTERM",
                                lost("Host EC2 (instance i-0abc) terminated.")),
                stop(EXITED, EXITED_WORDS, neverRan("DockerTimeoutError: Could not transition to created"))
                        .of(
                                "a container runtime that does not answer",
                                lost("DockerTimeoutError: Could not transition to created")),

                // A person, or Spillway itself.
                stop("UserInitiated", "Task stopped by user", exit(143))
                        .of("a person's stop", failed("stopped by a user: Task stopped by user", 143)),
                stop("UserInitiated", "Host EC2 (instance i-0abc) terminated.", exit(137))
                        .of(
                                "a person who claims to be the infrastructure",
                                failed("stopped by a user: Host EC2 (instance i-0abc) terminated.", 137)),
                stop("UserInitiated", "Container instance deregistration forced by user")
                        .of(
                                "a person who takes the instance",
                                lost("Container instance deregistration forced by user")),
                stop("UserInitiated", "spillway: timed out after PT1M", exit(137))
                        .of("Spillway's timeout", new Verdict.TimedOut("timed out after PT1M")),
                stop("UserInitiated", "spillway: no instance before its wait deadline")
                        .of("Spillway's wait deadline", failed("no instance before its wait deadline")),
                stop("UserInitiated", "spillway: drained: instance i-0abc has to go", exit(0))
                        .of("Spillway's drain", lost("stopped by Spillway: drained: instance i-0abc has to go")),
                stop("UserInitiated", "spillway: launch 3 of task t is not wanted", exit(143))
                        .of(
                                "another stop by Spillway, which is not the job's fault",
                                lost("stopped by Spillway: launch 3 of task t is not wanted")),
                stop("UserInitiated", "not from spillway: timed out", exit(143))
                        .of(
                                "a stop that only mentions Spillway",
                                failed("stopped by a user: not from spillway: timed out", 143)),

                // It never started.
                stop(FAILED_TO_START, "").of("a start that failed without a word", notStarted(FAILED_TO_START)),
                stop(FAILED_TO_START, "Task failed to start")
                        .of("the same in ECS's words", notStarted("Task failed to start")),
                stop(FAILED_TO_START, PULL).of("an image that cannot be pulled on Fargate", notStarted(PULL)),
                stop(FAILED_TO_START, "Task failed to start", neverRan(PULL))
                        .of("an image that cannot be pulled on EC2", notStarted(PULL)),
                stop(FAILED_TO_START, "CannotPullImageManifestError: toomanyrequests")
                        .of("an image that is throttled", notStarted("CannotPullImageManifestError: toomanyrequests")),
                stop(FAILED_TO_START, "CannotPullECRContainerError: AccessDenied")
                        .of("an image of ECR", notStarted("CannotPullECRContainerError: AccessDenied")),
                stop(EXITED, EXITED_WORDS, neverRan(PULL)).of("a pull under the other code", notStarted(PULL)),
                stop(FAILED_TO_START, "ResourceInitializationError: unable to pull secrets or registry auth")
                        .of(
                                "a secret that cannot be read",
                                notStarted("ResourceInitializationError: unable to pull secrets or registry auth")),
                stop(FAILED_TO_START, "Task failed to start", neverRan("CannotCreateContainerError: no space left"))
                        .of("a full disk", notStarted("CannotCreateContainerError: no space left")),
                stop(FAILED_TO_START, "Timeout waiting for network interface provisioning to complete.")
                        .of(
                                "no network interface",
                                notPlaced("Timeout waiting for network interface provisioning to complete.")),
                stop(FAILED_TO_START, "Capacity is unavailable at this time. Please try again later")
                        .of(
                                "no room after all",
                                notPlaced("Capacity is unavailable at this time. Please try again later")),
                stop(FAILED_TO_START, "TaskFailedToStart: RESOURCE:GPU")
                        .of("no place after all", notPlaced("TaskFailedToStart: RESOURCE:GPU")),
                stop(FAILED_TO_START, "Task failed to start", neverRan(NO_SUCH_COMMAND))
                        .of("a bad command on EC2", failed(NEVER_RAN + NO_SUCH_COMMAND)),
                stop(FAILED_TO_START, NO_SUCH_COMMAND)
                        .of("a bad command on Fargate", failed(NEVER_RAN + NO_SUCH_COMMAND)),
                stop(FAILED_TO_START, "Task failed to start", new Stop.Exit(127, NO_SUCH_COMMAND))
                        .of("a bad command with an exit code", failed("exit code 127 (" + NO_SUCH_COMMAND + ")", 127)),
                stop(FAILED_TO_START, "Task failed to start", neverRan(""), exit(1))
                        .of("a container that another one waited for", failed("exit code 1", 1)),

                // It ran.
                stop(EXITED, EXITED_WORDS, exit(0)).of("a job well done", new Verdict.Succeeded()),
                stop(null, "", exit(0)).of("the same without a code", new Verdict.Succeeded()),
                stop("SomethingNewOfNextYear", "", exit(0))
                        .of("the same with a code of the future", new Verdict.Succeeded()),
                stop(EXITED, EXITED_WORDS, exit(0), exit(0)).of("two jobs well done", new Verdict.Succeeded()),
                stop(EXITED, EXITED_WORDS, exit(3)).of("an exit code", failed("exit code 3", 3)),
                stop("SomethingNewOfNextYear", "", exit(3)).of("an exit code of the future", failed("exit code 3", 3)),
                stop(EXITED, EXITED_WORDS, new Stop.Exit(137, OUT_OF_MEMORY))
                        .of("out of memory", failed("exit code 137 (" + OUT_OF_MEMORY + ")", 137)),
                stop(EXITED, EXITED_WORDS, exit(137)).of("killed without a reason", failed("exit code 137", 137)),
                stop(EXITED, EXITED_WORDS, exit(143), exit(1))
                        .of("one that failed and one that ECS then ended", failed("exit code 1", 1)),
                stop(EXITED, EXITED_WORDS, exit(0), exit(1)).of("one of two that failed", failed("exit code 1", 1)),
                stop(EXITED, EXITED_WORDS, exit(137), new Stop.Exit(137, OUT_OF_MEMORY), exit(1))
                        .of("out of memory before the rest", failed("exit code 137 (" + OUT_OF_MEMORY + ")", 137)),
                stop(EXITED, EXITED_WORDS, neverRan(""), exit(2))
                        .of("one that failed before the other could start", failed("exit code 2", 2)),
                stop(EXITED, EXITED_WORDS, exit(143), neverRan(NO_SUCH_COMMAND))
                        .of("one that could not start, and its companion", failed(NEVER_RAN + NO_SUCH_COMMAND)),
                stop(EXITED, EXITED_WORDS, exit(0), neverRan(""))
                        .of("one that never ran", failed(NEVER_RAN + EXITED_WORDS)),
                stop(EXITED, EXITED_WORDS).of("no container at all", notStarted(EXITED_WORDS)),
                stop(null, "").of("nothing at all", notStarted("no reason given")));
    }

    @ParameterizedTest
    @MethodSource("stops")
    void means(Stop stop, Verdict verdict) {
        assertThat(judgement.judge(stop)).isEqualTo(verdict);
    }

    /** A new code of the SDK makes this fail: somebody has to say what it means. InfrastructureHealth it does not know yet. */
    @Test
    void knows_every_stop_code_of_the_API() {
        Set<String> judged = Set.of(
                "TaskFailedToStart",
                "EssentialContainerExited",
                "UserInitiated",
                "ServiceSchedulerInitiated",
                "SpotInterruption",
                "TerminationNotice",
                "InfrastructureHealth");
        assertThat(TaskStopCode.knownValues())
                .isNotEmpty()
                .extracting(TaskStopCode::toString)
                .isSubsetOf(judged);
    }

    /** The command is quoted in the reason of a container that cannot start; so is the image. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host EC2 (instance i-1) terminated.",
                "DockerTimeoutError",
                "CannotPullContainerError",
                "Capacity is unavailable",
                "InternalError",
                "TaskFailedToStart:",
                "spillway: drained",
                "spillway: timed out",
                "ResourceInitializationError"
            })
    void a_job_cannot_declare_its_failure_to_be_the_infrastructures(String words) {
        String reason = NO_SUCH_COMMAND.replace("\"x\"", "\"" + words + "\"");
        for (String code : List.of(FAILED_TO_START, EXITED)) {
            for (Stop.Exit exit : List.of(neverRan(reason), new Stop.Exit(1, reason), new Stop.Exit(1, words))) {
                assertThat(judgement.judge(stop(code, EXITED_WORDS, exit).stop()))
                        .isInstanceOf(Verdict.Failed.class);
            }
        }
    }

    @Nested
    class Losses {

        @ParameterizedTest
        @CsvSource({"0, true", "9, true", "10, false", "11, false"})
        void are_bounded(int before, boolean again) {
            Verdict verdict = judgement.judge(stop("SpotInterruption", "").losses(before));
            assertThat(verdict)
                    .isEqualTo(
                            again
                                    ? lost("SpotInterruption")
                                    : failed("lost " + (before + 1) + " times, the last time: SpotInterruption"));
        }

        @ParameterizedTest
        @CsvSource({"0, true", "2, true", "3, false", "9, false"})
        void by_an_image_are_three_at_most(int before, boolean again) {
            assertThat(judgement.judge(stop(FAILED_TO_START, PULL).failedStarts(before)))
                    .isEqualTo(
                            again
                                    ? notStarted(PULL)
                                    : failed(
                                            "could not be started " + (before + 1) + " times, the last time: " + PULL));
        }

        @ParameterizedTest
        @CsvSource({"3, true", "9, true", "10, false"})
        void for_want_of_room_have_the_wide_bound(int before, boolean again) {
            assertThat(judgement.judge(stop(FAILED_TO_START, "TaskFailedToStart: RESOURCE:CPU")
                            .losses(before)))
                    .isInstanceOf(again ? Verdict.NotPlaced.class : Verdict.Failed.class);
        }

        @Test
        void can_be_switched_off() {
            StopJudgement none = new StopJudgement(0);
            assertThat(none.judge(stop("SpotInterruption", "").stop())).isEqualTo(failed("lost: SpotInterruption"));
            assertThat(none.judge(stop(FAILED_TO_START, PULL).stop()))
                    .isEqualTo(failed("could not be started: " + PULL));
        }

        @Test
        void spend_no_attempt_and_need_none() {
            Stop last = stop("SpotInterruption", "").attempts(1, 1);
            assertThat(judgement.judge(last)).isInstanceOf(Verdict.Lost.class);
        }
    }

    @Nested
    class Attempts {

        @ParameterizedTest
        @CsvSource({"1, 3, true", "2, 3, true", "3, 3, false", "1, 1, false"})
        void are_spent_by_failures(int attempt, int attempts, boolean again) {
            Verdict verdict =
                    judgement.judge(stop(EXITED, EXITED_WORDS, exit(1)).attempts(attempt, attempts));
            assertThat(verdict)
                    .isEqualTo(again ? new Verdict.Retry("exit code 1", 1) : new Verdict.Failed("exit code 1", 1));
        }

        @Test
        void do_not_bring_back_what_a_person_has_stopped() {
            assertThat(judgement.judge(
                            stop("UserInitiated", "enough", exit(143)).attempts(1, 10)))
                    .isInstanceOf(Verdict.Failed.class);
        }

        @Test
        void do_not_bring_back_what_has_timed_out() {
            assertThat(judgement.judge(stop("UserInitiated", "spillway: timed out", exit(143))
                            .attempts(1, 10)))
                    .isInstanceOf(Verdict.TimedOut.class);
        }

        @Test
        void are_spent_by_a_bad_command() {
            assertThat(judgement.judge(stop(FAILED_TO_START, NO_SUCH_COMMAND).attempts(1, 2)))
                    .isEqualTo(new Verdict.Retry(NEVER_RAN + NO_SUCH_COMMAND, null));
        }

        @Test
        void of_a_function_are_spent_by_what_Lambda_says() {
            RetryPolicy twice = new RetryPolicy(2, List.of(onReason("Event*", RetryRule.Action.FAIL)));
            assertThat(judgement.judgeFunction("RetriesExhausted", twice, 1))
                    .isEqualTo(new Verdict.Retry("RetriesExhausted", null));
            assertThat(judgement.judgeFunction("RetriesExhausted", twice, 2)).isEqualTo(failed("RetriesExhausted"));
            assertThat(judgement.judgeFunction("EventAgeExceeded", twice, 1)).isEqualTo(failed("EventAgeExceeded"));
        }
    }

    @Nested
    class A_rule {

        private final Given three = stop(EXITED, EXITED_WORDS, exit(3));

        @Test
        void on_the_exit_code_decides() {
            assertThat(judgement.judge(three.rules(onCode(Set.of(2, 3), RetryRule.Action.FAIL))))
                    .isEqualTo(failed("exit code 3", 3));
            assertThat(judgement.judge(three.rules(onCode(Set.of(3), RetryRule.Action.RETRY))))
                    .isInstanceOf(Verdict.Retry.class);
        }

        @Test
        void that_does_not_match_leaves_the_failure_to_the_next_and_at_last_to_a_retry() {
            RetryRule other = onCode(Set.of(4), RetryRule.Action.FAIL);
            assertThat(judgement.judge(three.rules(other))).isInstanceOf(Verdict.Retry.class);
            assertThat(judgement.judge(three.rules(other, onCode(Set.of(3), RetryRule.Action.FAIL))))
                    .isInstanceOf(Verdict.Failed.class);
        }

        @Test
        void that_comes_first_wins() {
            assertThat(judgement.judge(three.rules(
                            onCode(Set.of(3), RetryRule.Action.RETRY), onReason("*", RetryRule.Action.FAIL))))
                    .isInstanceOf(Verdict.Retry.class);
        }

        @Test
        void on_the_stop_reason_looks_at_the_task_and_at_its_containers() {
            Given memory = stop(EXITED, EXITED_WORDS, new Stop.Exit(137, OUT_OF_MEMORY));
            assertThat(judgement.judge(memory.rules(onReason("OutOfMemoryError*", RetryRule.Action.FAIL))))
                    .isInstanceOf(Verdict.Failed.class);
            assertThat(judgement.judge(memory.rules(onReason("Essential*exited", RetryRule.Action.FAIL))))
                    .isInstanceOf(Verdict.Failed.class);
            assertThat(judgement.judge(memory.rules(onReason("outofmemoryerror*", RetryRule.Action.FAIL))))
                    .isInstanceOf(Verdict.Retry.class);
        }

        @Test
        void on_an_exit_code_never_matches_a_container_that_did_not_run() {
            Given bad = stop(FAILED_TO_START, NO_SUCH_COMMAND);
            assertThat(judgement.judge(bad.rules(onCode(Set.of(0, 1, 127), RetryRule.Action.FAIL))))
                    .isInstanceOf(Verdict.Retry.class);
        }

        @Test
        void on_an_exit_code_looks_at_the_container_that_failed_and_not_at_its_victims() {
            Given both = stop(EXITED, EXITED_WORDS, exit(143), exit(3));
            assertThat(judgement.judge(both.rules(onCode(Set.of(3), RetryRule.Action.FAIL))))
                    .isInstanceOf(Verdict.Failed.class);
            assertThat(judgement.judge(both.rules(onCode(Set.of(143), RetryRule.Action.FAIL))))
                    .isInstanceOf(Verdict.Retry.class);
        }

        @Test
        void has_no_say_in_losses_and_successes() {
            RetryRule always = onReason("*", RetryRule.Action.FAIL);
            assertThat(judgement.judge(stop("SpotInterruption", "").rules(always)))
                    .isInstanceOf(Verdict.Lost.class);
            assertThat(judgement.judge(stop(EXITED, EXITED_WORDS, exit(0)).rules(always)))
                    .isInstanceOf(Verdict.Succeeded.class);
        }
    }

    private record Given(@Nullable String code, String reason, List<Stop.Exit> exits) {

        Stop stop() {
            return new Stop(code, reason, exits, RetryPolicy.NONE, 1, 0, 0);
        }

        Stop losses(int losses) {
            return new Stop(code, reason, exits, RetryPolicy.NONE, 1, losses, 3);
        }

        Stop failedStarts(int failedStarts) {
            return new Stop(code, reason, exits, RetryPolicy.NONE, 1, 9, failedStarts);
        }

        Stop attempts(int attempt, int attempts) {
            return new Stop(code, reason, exits, new RetryPolicy(attempts, List.of()), attempt, 0, 0);
        }

        Stop rules(RetryRule... rules) {
            return new Stop(code, reason, exits, new RetryPolicy(2, List.of(rules)), 1, 0, 0);
        }

        Arguments of(String name, Verdict verdict) {
            return argumentSet(name, stop(), verdict);
        }
    }

    private static Given stop(@Nullable String code, String reason, Stop.Exit... exits) {
        return new Given(code, reason, List.of(exits));
    }

    private static Stop.Exit exit(int code) {
        return new Stop.Exit(code, "");
    }

    private static Stop.Exit neverRan(String reason) {
        return new Stop.Exit(null, reason);
    }

    private static Verdict lost(String reason) {
        return new Verdict.Lost(reason);
    }

    private static Verdict notPlaced(String reason) {
        return new Verdict.NotPlaced(reason);
    }

    private static Verdict notStarted(String reason) {
        return new Verdict.NotStarted(reason);
    }

    private static Verdict failed(String reason) {
        return new Verdict.Failed(reason, null);
    }

    private static Verdict failed(String reason, int exitCode) {
        return new Verdict.Failed(reason, exitCode);
    }

    private static RetryRule onCode(Set<Integer> codes, RetryRule.Action action) {
        return new RetryRule.OnExitCode(codes, action);
    }

    private static RetryRule onReason(String glob, RetryRule.Action action) {
        return new RetryRule.OnStopReason(glob, action);
    }
}
