package dev.spillway.common.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.ecs.TaskDefinitionFacts.Demand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.ResourceType;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionPlacementConstraintType;

class EcsTaskDefinitionsTest {

    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();
    private Consumer<TaskDefinition.Builder> definition =
            t -> t.containerDefinitions(c -> c.name("main").memory(128));
    private final EcsTaskDefinitions definitions = new EcsTaskDefinitions(new Ecs());

    @Test
    void many_that_want_the_same_at_the_same_time_cost_one_call() throws InterruptedException {
        List<Thread> batch = IntStream.range(0, 10)
                .mapToObj(message -> Thread.startVirtualThread(() -> definitions.find("job", NOW)))
                .toList();
        while (batch.stream().anyMatch(thread -> thread.getState() != Thread.State.WAITING)) {
            Thread.onSpinWait();
        }
        mayAnswer.countDown();
        for (Thread message : batch) {
            message.join();
        }

        assertThat(calls).hasValue(1);
    }

    @Test
    void a_family_is_looked_up_again_after_a_minute_and_a_revision_never() {
        mayAnswer.countDown();
        Instant later = NOW.plus(EcsTaskDefinitions.FAMILY_AGE);

        definitions.find("job", NOW);
        definitions.find("job", later.minus(Duration.ofNanos(1)));
        assertThat(calls).hasValue(1);
        definitions.find("job", later);
        assertThat(calls).hasValue(2);

        definitions.find("job:1", NOW);
        definitions.find("job:1", NOW.plus(Duration.ofDays(365)));
        assertThat(calls).hasValue(3);
    }

    @Test
    void what_ECS_does_not_know_is_asked_for_again() {
        mayAnswer.countDown();

        assertThat(definitions.find("missing", NOW)).isInstanceOf(TaskDefinitions.Lookup.NotFound.class);
        assertThat(definitions.find("missing", NOW)).isInstanceOf(TaskDefinitions.Lookup.NotFound.class);
        assertThat(calls).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({
        "bridge, , ",
        "bridge, 0, ",
        "bridge, 8080, HOST_PORT",
        "host, , HOST_PORT",
        "host, 8080, HOST_PORT",
        // The port of an interface that the task has for itself.
        "awsvpc, 8080, ",
    })
    void a_port_of_the_instance_is_a_demand(String network, @Nullable Integer hostPort, @Nullable Demand demand) {
        mayAnswer.countDown();
        definition = t -> t.networkMode(network)
                .containerDefinitions(c -> c.name("main")
                        .memory(128)
                        .portMappings(port -> port.containerPort(8_080).hostPort(hostPort)));
        assertThat(demands()).isEqualTo(demand == null ? Set.of() : Set.of(demand));
    }

    @Test
    void a_device_and_a_constraint_are_demands() {
        mayAnswer.countDown();
        definition = t -> t.placementConstraints(c ->
                        c.type(TaskDefinitionPlacementConstraintType.MEMBER_OF).expression("attribute:x == y"))
                .containerDefinitions(c -> c.name("main")
                        .memory(128)
                        .resourceRequirements(r -> r.type(ResourceType.GPU).value("1")));
        assertThat(demands()).containsExactlyInAnyOrder(Demand.DEVICE, Demand.CONSTRAINT);
    }

    private Set<Demand> demands() {
        return ((TaskDefinitions.Lookup.Found) definitions.find("job:1", NOW))
                .facts()
                .demands();
    }

    /** Knows every definition but one, and answers when it may. */
    private final class Ecs implements EcsClient {
        @Override
        public DescribeTaskDefinitionResponse describeTaskDefinition(DescribeTaskDefinitionRequest request) {
            calls.incrementAndGet();
            try {
                mayAnswer.await();
            } catch (InterruptedException ended) {
                throw new AssertionError(ended);
            }
            if (request.taskDefinition().equals("missing")) {
                throw EcsException.builder().statusCode(400).build();
            }
            return DescribeTaskDefinitionResponse.builder()
                    .taskDefinition(t -> definition.accept(
                            t.taskDefinitionArn("arn:aws:ecs:us-east-1:000000000000:task-definition/job:1")))
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
