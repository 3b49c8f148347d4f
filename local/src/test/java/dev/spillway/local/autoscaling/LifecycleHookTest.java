package dev.spillway.local.autoscaling;

import static dev.spillway.local.autoscaling.SimulatedGroups.GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spillway.local.autoscaling.LifecycleHook.Result;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;

/** A terminating instance waits for its hooks. */
class LifecycleHookTest {

    private static final String WAIT = "Terminating:Wait";

    @Test
    void aTerminatingInstanceWaitsAndTheEventSaysForWhat() {
        SimulatedGroups world = draining();
        String id = world.in(WAIT).getFirst();

        JsonNode event = world.events("EC2 Instance-terminate Lifecycle Action").getFirst();
        assertThat(event.path("source").asText()).isEqualTo("aws.autoscaling");
        assertThat(event.path("resources"))
                .extracting(JsonNode::asText)
                .containsExactly(world.group().autoScalingGroupARN());
        JsonNode detail = event.path("detail");
        assertThat(detail.path("LifecycleActionToken").asText()).matches("[0-9a-f-]{36}");
        assertThat(detail.path("AutoScalingGroupName").asText()).isEqualTo(GROUP);
        assertThat(detail.path("LifecycleHookName").asText()).isEqualTo("drain");
        assertThat(detail.path("EC2InstanceId").asText()).isEqualTo(id);
        assertThat(detail.path("LifecycleTransition").asText()).isEqualTo("autoscaling:EC2_INSTANCE_TERMINATING");
        assertThat(detail.path("Origin").asText()).isEqualTo("AutoScalingGroup");
        assertThat(detail.path("Destination").asText()).isEqualTo("EC2");
        assertThat(detail.has("NotificationMetadata")).isFalse();
        assertThat(world.joined).contains(id);
    }

    @Test
    void aCompleteActionLetsItProceedAtOnce() {
        SimulatedGroups world = draining();
        String id = world.in(WAIT).getFirst();
        world.complete(id);

        assertThat(world.states()).containsExactly("InService", "Terminating:Proceed");
        assertThat(world.joined).doesNotContain(id);
        world.pass(Duration.ofSeconds(22));
        assertThat(world.states()).containsExactly("InService");
    }

    @Test
    void theTokenOfTheEventServesAsWellAsTheInstanceId() {
        SimulatedGroups world = draining();
        String token = world.events("EC2 Instance-terminate Lifecycle Action")
                .getFirst()
                .path("detail")
                .path("LifecycleActionToken")
                .asText();
        world.client.recordLifecycleActionHeartbeat(
                r -> r.autoScalingGroupName(GROUP).lifecycleHookName("drain").lifecycleActionToken(token));
        world.client.completeLifecycleAction(r -> r.autoScalingGroupName(GROUP)
                .lifecycleHookName("drain")
                .lifecycleActionToken(token)
                .lifecycleActionResult("ABANDON"));

        assertThat(world.in(WAIT)).isEmpty();
        assertThatThrownBy(() -> world.client.completeLifecycleAction(r -> r.autoScalingGroupName(GROUP)
                        .lifecycleHookName("drain")
                        .lifecycleActionToken(token)
                        .lifecycleActionResult("CONTINUE")))
                .hasMessageContaining("No active Lifecycle Action found with token " + token);
    }

    @Test
    void withoutAnAnswerTheDefaultResultComesAfterTheHeartbeatTimeout() {
        SimulatedGroups world = draining();
        world.pass(Duration.ofMinutes(6).minusSeconds(6));
        assertThat(world.in(WAIT)).hasSize(1);
        world.pass(Duration.ofSeconds(1));
        assertThat(world.states()).containsExactly("InService", "Terminating:Proceed");
    }

    @Test
    void aHeartbeatStartsTheTimeAnew() {
        SimulatedGroups world = draining();
        String id = world.in(WAIT).getFirst();
        world.pass(Duration.ofMinutes(3));
        world.heartbeat(id);
        world.pass(Duration.ofMinutes(6).minusSeconds(1));
        assertThat(world.in(WAIT)).containsExactly(id);
        world.pass(Duration.ofSeconds(1));
        assertThat(world.in(WAIT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT6M, PT10H", "PT30S, PT50M", "PT28M48S, PT48H", "PT2H, PT48H"})
    void noNumberOfHeartbeatsKeepsAnInstanceLongerThanTheGlobalTimeout(Duration heartbeat, Duration longest) {
        SimulatedGroups world = new SimulatedGroups();
        world.autoScaling
                .group(GROUP)
                .desired(1)
                .terminatingHook("drain", heartbeat)
                .create();
        world.settle();
        world.desire(0);
        world.pass(Duration.ofSeconds(15));
        String id = world.in(WAIT).getFirst();
        Duration waited = Duration.ZERO;
        Duration step = heartbeat.dividedBy(2);
        while (waited.plus(step).compareTo(longest) < 0) {
            world.pass(step);
            waited = waited.plus(step);
            world.heartbeat(id);
        }
        world.pass(longest.minus(waited).minusSeconds(1));
        assertThat(world.in(WAIT)).containsExactly(id);
        world.pass(Duration.ofSeconds(1));

        assertThat(world.in(WAIT)).isEmpty();
        assertThat(world.client
                        .describeLifecycleHooks(r -> r.autoScalingGroupName(GROUP))
                        .lifecycleHooks()
                        .getFirst())
                .satisfies(hook -> {
                    assertThat(hook.globalTimeout()).isEqualTo((int) longest.toSeconds());
                    assertThat(hook.heartbeatTimeout()).isEqualTo((int) heartbeat.toSeconds());
                    assertThat(hook.defaultResult()).isEqualTo("CONTINUE");
                });
    }

    @Test
    void whatDoesNotWaitHasNoActionToCompleteOrToProlong() {
        SimulatedGroups world = draining();
        String inService = world.in("InService").getFirst();
        String draining = world.in(WAIT).getFirst();
        world.complete(draining);

        for (String id : new String[] {inService, draining, "i-0"}) {
            assertThatThrownBy(() -> world.complete(id)).isInstanceOfSatisfying(AutoScalingException.class, refused -> {
                assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
                assertThat(refused.awsErrorDetails().errorMessage())
                        .isEqualTo("No active Lifecycle Action found with instance ID " + id);
                assertThat(refused.statusCode()).isEqualTo(400);
            });
            assertThatThrownBy(() -> world.heartbeat(id)).isInstanceOf(AutoScalingException.class);
        }
    }

    @Test
    void twoHooksWaitSideBySideAndAnAbandonedOneEndsBoth() {
        SimulatedGroups world = new SimulatedGroups();
        world.autoScaling
                .group(GROUP)
                .max(2)
                .desired(2)
                .terminatingHook("drain", Duration.ofMinutes(6))
                .terminatingHook(new LifecycleHook("copy-logs", Duration.ofMinutes(5), Result.ABANDON, "s3://logs"))
                .create();
        world.settle();
        world.desire(0);
        world.pass(Duration.ofSeconds(15));
        assertThat(world.events("EC2 Instance-terminate Lifecycle Action")).hasSize(4);
        assertThat(world.events)
                .anyMatch(event -> event.path("detail")
                        .path("NotificationMetadata")
                        .asText()
                        .equals("s3://logs"));

        String first = world.in(WAIT).getFirst();
        world.complete(first);
        assertThat(world.in(WAIT)).contains(first);
        world.pass(Duration.ofMinutes(5));
        assertThat(world.in(WAIT)).isEmpty();
    }

    @Test
    void aGroupScalesOutWhileItsScaleInStillDrains() {
        SimulatedGroups world = draining();
        world.desire(2);
        world.settle();
        assertThat(world.states()).containsExactly("InService", "InService", WAIT);
    }

    /** One of two instances waits, for five seconds now. */
    private static SimulatedGroups draining() {
        SimulatedGroups world = SimulatedGroups.of(2, 4);
        world.desire(1);
        return world.pass(Duration.ofSeconds(20));
    }
}
