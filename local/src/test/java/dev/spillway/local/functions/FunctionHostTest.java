package dev.spillway.local.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.spillway.common.aws.AwsClients;
import dev.spillway.common.function.FunctionRuntime;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.store.TaskTables;
import dev.spillway.local.metrics.PublishedMetrics;
import dev.spillway.local.template.FunctionResource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.crac.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;

class FunctionHostTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);

    /** Says what it got. */
    public static final class Greeter implements RequestHandler<String, String> {
        private final String greeting;

        public Greeter(FunctionRuntime runtime) {
            greeting = runtime.environment().getOrDefault("GREETING", "none");
        }

        @Override
        public String handleRequest(String name, Context context) {
            return "%s %s, %s has %d ms and %d MiB"
                    .formatted(
                            greeting,
                            name,
                            context.getFunctionName(),
                            context.getRemainingTimeInMillis(),
                            context.getMemoryLimitInMB());
        }
    }

    /** Says in which order it was called. */
    public static class Frozen implements RequestHandler<String, String>, Resource {
        private final List<String> calls = new ArrayList<>();

        public Frozen(FunctionRuntime runtime) {}

        @Override
        public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
            calls.add("beforeCheckpoint");
        }

        @Override
        public void afterRestore(org.crac.Context<? extends Resource> context) {
            calls.add("afterRestore");
        }

        @Override
        public String handleRequest(String name, Context context) {
            calls.add("event");
            return String.join(", ", calls);
        }
    }

    /** Cannot be restored. */
    public static final class Thawless extends Frozen {
        public Thawless(FunctionRuntime runtime) {
            super(runtime);
        }

        @Override
        public void afterRestore(org.crac.Context<? extends Resource> context) {
            throw new IllegalStateException("no network");
        }
    }

    /** Answers what it got. */
    public static final class Echo implements RequestStreamHandler {
        public Echo(FunctionRuntime runtime) {}

        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            in.transferTo(out);
        }
    }

    /** Fails when it is invoked. */
    public static final class Failing implements RequestStreamHandler {
        public Failing(FunctionRuntime runtime) {}

        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            throw new IOException("no luck");
        }
    }

    /** Cannot be made. */
    public static final class Misconfigured implements RequestStreamHandler {
        public Misconfigured(FunctionRuntime runtime) {
            throw new IllegalArgumentException("TABLE_NAME is missing");
        }

        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) {}
    }

    /** Has only Lambda's constructor. */
    public static final class WithoutRuntime implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context) {}
    }

    /** Handles nothing. */
    public static final class NoHandler {
        public NoHandler(FunctionRuntime runtime) {}
    }

    @Test
    void a_request_handler_gets_its_environment_its_event_and_its_context() {
        assertThat(host(Greeter.class.getName()).invoke("Ada", String.class))
                .isEqualTo("hello Ada, f has 60000 ms and 512 MiB");
    }

    @Test
    void a_stream_handler_gets_json() {
        byte[] answer = host(Echo.class.getName())
                .invoke(JsonNodeFactory.instance.objectNode().put("a", 1));

        assertThat(new String(answer, StandardCharsets.UTF_8)).isEqualTo("{\"a\":1}");
    }

    @Test
    void what_a_handler_throws_reaches_the_caller_with_the_functions_name() {
        assertThatThrownBy(() -> host(Failing.class.getName()).invoke(JsonNodeFactory.instance.objectNode()))
                .isInstanceOf(FunctionError.class)
                .hasMessage("The function f failed: java.io.IOException: no luck");
    }

    @ParameterizedTest
    @CsvSource({"true, 'beforeCheckpoint, afterRestore, event'", "false, event"})
    void the_hooks_of_a_snapshot_run_before_the_first_event_if_the_function_has_snap_start(
            boolean snapStart, String order) {
        FunctionHost host = host(Frozen.class.getName(), snapStart);

        assertThat(host.invoke("x", String.class)).isEqualTo(order);
    }

    @Test
    void a_hook_that_throws_fails_the_start_as_it_would_fail_the_deployment() {
        assertThatThrownBy(() -> host(Thawless.class.getName(), true))
                .isInstanceOf(FunctionInitException.class)
                .hasMessageContaining("a hook of its snapshot fails: java.lang.IllegalStateException: no network");
    }

    @Test
    void a_wrong_event_type_reaches_the_caller_too() {
        assertThatThrownBy(() -> host(Greeter.class.getName()).invoke(5, String.class))
                .isInstanceOf(FunctionError.class)
                .hasMessageContaining("ClassCastException");
        assertThatThrownBy(() -> host(Greeter.class.getName()).invoke("Ada", Integer.class))
                .hasMessage("The function f answered no Integer.");
        assertThatThrownBy(() -> host(Echo.class.getName()).invoke("Ada", String.class))
                .hasMessage("The function f takes JSON.");
    }

    @ParameterizedTest
    @CsvSource({
        "dev.spillway.Missing, there is no such class",
        "dev.spillway.local.functions.FunctionHostTest$Misconfigured, TABLE_NAME is missing",
        "dev.spillway.local.functions.FunctionHostTest$WithoutRuntime, no public constructor",
        "dev.spillway.local.functions.FunctionHostTest$NoHandler, neither"
    })
    void a_function_that_cannot_be_made_says_which_and_why(String handler, String reason) {
        assertThatThrownBy(() -> host(handler))
                .isInstanceOf(FunctionInitException.class)
                .hasMessageContaining("The function f with the handler " + handler)
                .hasMessageContaining(reason);
    }

    @Test
    void a_variable_that_the_function_never_asks_for_is_named_since_it_may_be_misspelt() {
        assertThatThrownBy(() -> host(Echo.class.getName(), false, Map.of("GREETING", "hello", "COLOUR", "red")))
                .isInstanceOf(FunctionInitException.class)
                .hasMessageContaining("it never asks for the variables that it is given: COLOUR, GREETING.");
        assertThat(host(Echo.class.getName(), false, Map.of("POWERTOOLS_LOG_LEVEL", "INFO", "SETTINGS_VERSION", "3")))
                .isNotNull();
    }

    private static FunctionHost host(String handler) {
        return host(handler, false);
    }

    private static FunctionHost host(String handler, boolean snapStart) {
        return host(
                handler, snapStart, handler.equals(Greeter.class.getName()) ? Map.of("GREETING", "hello") : Map.of());
    }

    private static FunctionHost host(String handler, boolean snapStart, Map<String, String> environment) {
        FunctionResource function =
                new FunctionResource("F", "f", handler, environment, Duration.ofSeconds(60), 512, snapStart, List.of());
        return FunctionHost.start(
                function,
                new FunctionRuntime(
                        function.environment(),
                        new NoAws(),
                        new NoTables(),
                        NOON,
                        Runnable::run,
                        new PublishedMetrics()));
    }

    private static final class NoTables implements TaskTables {
        @Override
        public TaskStore store(String table) {
            throw new AssertionError();
        }

        @Override
        public TaskIndex index(String table) {
            throw new AssertionError();
        }
    }

    private static final class NoAws implements AwsClients {
        @Override
        public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
                Class<C> type, Supplier<B> builder) {
            throw new AssertionError("This function calls no AWS service.");
        }
    }
}
