package dev.spillway.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.message.FieldError;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.FunctionWork;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowListTest {

    private final AllowList allowed = new AllowList(List.of("batch-*", "report"), List.of("fn-*"));

    @ParameterizedTest(name = "{0} is allowed: {1}")
    @CsvSource({
        "report, true",
        "report:7, true",
        "arn:aws:ecs:us-east-1:000000000000:task-definition/report:7, true",
        "batch-, true",
        "batch-nightly:1, true",
        "reports, false",
        "my-batch-1, false",
        "arn:aws:ecs:us-east-1:000000000000:task-definition/admin:1, false",
        // The name is the part behind the last slash, so that no prefix can smuggle another family in.
        "report/admin, false",
    })
    void aTaskDefinitionIsAllowedByItsFamily(String reference, boolean isAllowed) {
        assertThat(allowed.forbidden(run(reference)).isEmpty()).isEqualTo(isAllowed);
    }

    @ParameterizedTest(name = "{0} is allowed: {1}")
    @CsvSource({
        "fn-count, true",
        "fn-count:live, true",
        "arn:aws:lambda:us-east-1:000000000000:function:fn-count, true",
        "arn:aws:lambda:us-east-1:000000000000:function:fn-count:live, true",
        "admin, false",
        "arn:aws:lambda:us-east-1:000000000000:function:admin:fn-count, false",
    })
    void aFunctionIsAllowedByItsName(String reference, boolean isAllowed) {
        assertThat(allowed.forbidden(invoke(reference)).isEmpty()).isEqualTo(isAllowed);
    }

    @Test
    void anEmptyListAllowsNothingAndSaysWhere() {
        assertThat(new AllowList(List.of(), List.of()).forbidden(run("report")))
                .extracting(FieldError::sentence)
                .containsExactly("taskDefinition: got \"report\", wants nothing: the deployment's parameter "
                        + "TaskDefinitions is empty");
    }

    @Test
    void aDotInTheListIsADot() {
        assertThat(new AllowList(List.of("a.c"), List.of()).forbidden(run("abc")))
                .hasSize(1);
    }

    private static TaskRequest run(String definition) {
        ContainerWork work =
                new ContainerWork(definition, null, null, Map.of(), null, null, Placement.ANYWHERE, Map.of());
        return new TaskRequest(new TaskId("t"), work, null, List.of(CapacityType.EC2), 0, RetryPolicy.NONE, null, null);
    }

    private static TaskRequest invoke(String function) {
        return new TaskRequest(
                new TaskId("t"),
                null,
                new FunctionWork(function, "{}"),
                List.of(CapacityType.LAMBDA),
                0,
                RetryPolicy.NONE,
                null,
                null);
    }
}
