package dev.spillway.common.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.FunctionWork;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRequest;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskRequestJsonTest {

    @Provide
    Arbitrary<TaskRequest> requests() {
        return Requests.any();
    }

    @Property(tries = 500, seed = "20261101")
    void whatIsWrittenIsReadBackTheSame(@ForAll("requests") TaskRequest request) {
        String json = TaskRequestJson.write(request);

        assertThat(TaskRequestJson.read(json)).isEqualTo(request);
        assertThat(TaskRequestJson.write(TaskRequestJson.read(json))).isEqualTo(json);
    }

    @Property(tries = 200, seed = "20261101")
    void whatIsWrittenIsAMessageOfThePublishedSchema(@ForAll("requests") TaskRequest request) {
        assertThat(PublishedSchema.errors(TaskRequestJson.write(request)))
                .hasValueSatisfying(errors -> assertThat(errors).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "cpu": 1, "memory": 512                       | "memory": 512, "cpu": 1
            "priority": 0                                 | "processor": "auto"
            "capacity": ["EC2", "FARGATE"]                | "processor": "ecs"
            "timeout": "PT60M"                            | "timeout": "PT1H"
            "waitDeadline": "P1D"                         | "waitDeadline": "PT24H"
            "retry": {"attempts": 1, "rules": []}         | "retry": {"attempts": 1}
            "retry": {"attempts": 2, "rules": [{"exitCode": 1, "action": "fail"}]} | "retry": {"rules": [{"action": "fail", "exitCode": [1]}], "attempts": 2}
            "retry": {"attempts": 2, "rules": [{"exitCode": [2, 1], "action": "fail"}]} | "retry": {"rules": [{"action": "fail", "exitCode": [1, 2]}], "attempts": 2}
            "environment": {"A": "1", "B": "2"}           | "environment": {"B": "2", "A": "1"}
            "environment": {}, "tags": {}                 | "placement": {"constraints": []}
            "tags": {"a": "é"}                            | "tags": {"\\u0061": "\\u00e9"}
            "placement": {"strategies": ["spread:host"]}  | "placement": {"strategies": ["spread:instanceId"]}
            "function": "f", "payload": {"a": 1, "b": []} | "payload": {"b": [ ], "a": 1}, "function": "f"
            "function": "f", "payload": {}                | "function": "f"
            """)
    void messagesThatMeanTheSameAskForTheSame(String one, String other) {
        TaskRequest first = read("{\"taskId\": \"a\", \"taskDefinition\": \"t\", " + one + "}");
        TaskRequest second = read("{" + other + ", \"taskDefinition\": \"t\", \"taskId\": \"a\"}");

        assertThat(first).isEqualTo(second);
        assertThat(TaskRequestJson.write(first)).isEqualTo(TaskRequestJson.write(second));
    }

    @Test
    void theFieldsHaveAFixedOrder() {
        assertThat(TaskRequestJson.write(read("""
                        {"tags": {"b": "2", "a": "1"}, "waitDeadline": "PT1M", "timeout": "PT5M",
                         "retry": {"attempts": 2, "rules": [{"action": "fail", "exitCode": 1}]}, "priority": 3,
                         "placement": {"strategies": ["random"], "constraints": ["distinctInstance"]},
                         "memory": 6, "cpu": 1, "environment": {"B": "2", "A": "1"}, "command": ["a"],
                         "container": "c", "payload": 1, "function": "f", "taskDefinition": "t", "taskId": "a"}""")))
                .isEqualTo("{\"taskId\":\"a\",\"taskDefinition\":\"t\",\"function\":\"f\",\"payload\":1,"
                        + "\"container\":\"c\",\"command\":[\"a\"],\"environment\":{\"A\":\"1\",\"B\":\"2\"},"
                        + "\"cpu\":1,\"memory\":6,\"capacity\":[\"LAMBDA\",\"EC2\",\"FARGATE\"],"
                        + "\"placement\":{\"constraints\":[\"distinctInstance\"],\"strategies\":[\"random\"]},"
                        + "\"priority\":3,\"retry\":{\"attempts\":2,\"rules\":[{\"exitCode\":[1],\"action\":\"fail\"}]},"
                        + "\"timeout\":\"PT5M\",\"waitDeadline\":\"PT1M\",\"tags\":{\"a\":\"1\",\"b\":\"2\"}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"taskId": "a", "taskDefinition": "t", "cpu": 0} | the stored request of task a cannot be read: cpu: got 0, wants a whole number of CPU units from 1 to 196608 (1024 = 1 vCPU)
            {"taskDefinition": "t"}                          | the stored request of an unknown task cannot be read: taskId: got nothing, and a message id that cannot be a task id, wants 1 to 100 characters of A-Z, a-z, 0-9, _ and -
            hunter2                                          | the stored request of an unknown task cannot be read: message: got text that is not JSON at line 1, column 8, wants one JSON object
            {"cancel": "a"}                                  | the stored request is a cancel message for task a
            """)
    void anUnreadableStoredRequestNamesItsTask(String stored, String sentence) {
        assertThatThrownBy(() -> TaskRequestJson.read(stored))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(sentence);
    }

    @Test
    void aPayloadThatIsNotJsonIsNotWritten() {
        TaskRequest request = new TaskRequest(
                new TaskId("a"),
                null,
                new FunctionWork("f", "1, \"priority\": 100"),
                List.of(CapacityType.LAMBDA),
                0,
                RetryPolicy.NONE,
                null,
                null);

        assertThatThrownBy(() -> TaskRequestJson.write(request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the payload of task a is not JSON");
    }

    private static TaskRequest read(String json) {
        return TaskRequestJson.read(json);
    }
}
