package dev.spillway.local.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a task costs in calls to AWS. RunTask's rate and the price of the table are what there is to save. */
class CallCountTest {

    private static final Duration MORE_THAN_A_LOOK_AT_THE_LINE_LASTS = Duration.ofSeconds(2);

    /** Room for every task of a test at once. */
    private final Account account =
            new Account(Calls.untroubled(), News.AT_ONCE).instance("m5.4xlarge").instance("m5.4xlarge");

    @Test
    void a_task_that_finds_room_takes_three_calls() {
        callsFor(1);

        assertThat(callsFor(1)).containsExactlyInAnyOrderEntriesOf(calls(1));
    }

    @Test
    void a_batch_of_ten_takes_three_calls_a_task() {
        callsFor(1);

        assertThat(callsFor(10)).containsExactlyInAnyOrderEntriesOf(calls(10));
    }

    @Test
    void a_cold_function_reads_the_task_definition_and_the_line_once_for_the_whole_batch() {
        Map<String, Long> calls = calls(10);
        calls.put("EcsClient.describeTaskDefinition", 1L);
        calls.put("TaskIndex.waiting", 1L);

        assertThat(callsFor(10)).containsExactlyInAnyOrderEntriesOf(calls);
    }

    @Test
    void a_warm_function_looks_at_the_line_again_after_a_second() {
        callsFor(1);
        account.pass(MORE_THAN_A_LOOK_AT_THE_LINE_LASTS);
        Map<String, Long> calls = calls(10);
        calls.put("TaskIndex.waiting", 1L);

        assertThat(callsFor(10)).containsExactlyInAnyOrderEntriesOf(calls);
    }

    /** The three of each task. */
    private static Map<String, Long> calls(long tasks) {
        return Stream.of("TaskStore.create", "EcsClient.runTask", "TaskStore.update")
                .collect(Collectors.toMap(Function.identity(), call -> tasks));
    }

    /** Sends a batch, and counts what the driver calls for it. */
    private Map<String, Long> callsFor(int tasks) {
        int before = account.calls().made().size();
        account.send(IntStream.range(0, tasks)
                .mapToObj(task -> "{\"taskDefinition\":\"" + Account.DEFINITION + "\"}")
                .toArray(String[]::new));
        account.pass(Duration.ZERO);
        List<String> made = account.calls().made();
        return made.subList(before, made.size()).stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
