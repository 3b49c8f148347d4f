package dev.spillway.common.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.TaskId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartedByTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "nightly-report_7", "spillway", "-", "_"})
    void says_whose_run_it_is(String id) {
        TaskId taskId = new TaskId(id);
        assertThat(StartedBy.of(taskId)).isEqualTo("spillway/" + id);
        assertThat(StartedBy.taskId(StartedBy.of(taskId))).contains(taskId);
    }

    @Test
    void of_the_longest_id_is_what_ECS_takes() {
        assertThat(StartedBy.of(new TaskId("x".repeat(100)))).matches("[A-Za-z0-9_/-]{1,128}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nightly-report_7",
                "spillway",
                "spillway/",
                "Spillway/a",
                "spillway/a/b",
                "spillway/two words",
                "spillway//a",
                "ecs-svc/1234567890123456789"
            })
    void of_somebody_else_is_nobody_of_ours(String startedBy) {
        assertThat(StartedBy.taskId(startedBy)).isEmpty();
    }
}
