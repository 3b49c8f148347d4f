package dev.spillway.driver.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.message.MessageParser;
import dev.spillway.common.message.ParsedMessage;
import dev.spillway.common.task.FunctionWork;
import dev.spillway.common.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

class LambdaLauncherTest {

    private final List<InvokeRequest> invoked = new ArrayList<>();
    private final LambdaLauncher launcher = new LambdaLauncher("jobs", new LambdaClient() {
        @Override
        public InvokeResponse invoke(InvokeRequest request) {
            invoked.add(request);
            return InvokeResponse.builder().statusCode(202).build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    });

    @Test
    void a_function_is_told_which_launch_it_is_and_nobody_waits_for_its_end() {
        launch("{\"a\":1}");
        assertThat(invoked).singleElement().satisfies(request -> {
            assertThat(request.functionName()).isEqualTo("fn");
            assertThat(request.invocationType()).isEqualTo(InvocationType.EVENT);
            assertThat(request.payload().asUtf8String())
                    .isEqualTo(
                            "{\"cluster\":\"jobs\",\"taskId\":\"t\",\"launch\":3,\"attempt\":2,\"payload\":{\"a\":1}}");
        });
    }

    /** Read into a double, the first would become a text and the others lose digits. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "-1e-400",
                "0.12345678901234567890123",
                "1.10",
                "123456789012345678901234567890",
                "\"\\u0000 é 😀\"",
                "null",
                "[[],{}]"
            })
    void what_is_handed_to_a_function_is_what_the_message_said(String value) {
        FunctionWork work = accepted("{\"function\":\"fn\",\"payload\":{\"a\":" + value + "}}");
        launch(work.payload());
        assertThat(invoked.getFirst().payload().asUtf8String())
                .isEqualTo("{\"cluster\":\"jobs\",\"taskId\":\"t\",\"launch\":3,\"attempt\":2,\"payload\":{\"a\":"
                        + value + "}}");
    }

    private static FunctionWork accepted(String message) {
        return Objects.requireNonNull(((ParsedMessage.Run) MessageParser.parse(message, "m1"))
                .request()
                .function());
    }

    private void launch(String payload) {
        launcher.launch(new Launch.OnLambda(new TaskId("t"), 3, 2, new FunctionWork("fn", payload)));
    }
}
