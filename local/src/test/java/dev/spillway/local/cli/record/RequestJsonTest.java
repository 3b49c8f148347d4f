package dev.spillway.local.cli.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.FunctionWork;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.local.cli.run.Records;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestJsonTest {

    @Test
    void leavesThePayloadOfAFunctionOut() {
        TaskRequest request = new TaskRequest(
                new TaskId("a"),
                null,
                new FunctionWork("spillway-word-count", "{\"password\":\"hunter2\"}"),
                List.of(CapacityType.LAMBDA),
                0,
                RetryPolicy.NONE,
                null,
                null);

        assertThat(RequestJson.of(request).toString())
                .contains("\"function\":\"spillway-word-count\"")
                .doesNotContain(Records.SECRET);
    }
}
