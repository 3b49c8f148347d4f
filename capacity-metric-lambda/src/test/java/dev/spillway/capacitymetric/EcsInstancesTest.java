package dev.spillway.capacitymetric;

import static dev.spillway.capacitymetric.FakeEcs.instance;
import static dev.spillway.capacitymetric.FakeEcs.resources;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.capacitymetric.capacity.Instance;
import dev.spillway.capacitymetric.capacity.InstanceState;
import dev.spillway.common.ecs.InstanceRoom;
import dev.spillway.common.task.TaskSize;
import java.util.Collection;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Failure;

@Timeout(60)
class EcsInstancesTest {

    private static final Executor AT_ONCE = Runnable::run;

    private final FakeEcs ecs = new FakeEcs("spillway");

    @Test
    void are_read_with_what_they_have_and_what_is_free_of_it() {
        ecs.has(instance(1, "spot")
                .registeredResources(resources(8_192, 31_634, "GPU-a", "GPU-b"))
                .remainingResources(resources(4_096, 10_000, "GPU-b")));

        assertThat(read())
                .containsExactly(new Instance(
                        InstanceState.ACTIVE,
                        new InstanceRoom(
                                FakeEcs.arn(1),
                                "",
                                "spot",
                                true,
                                0,
                                new TaskSize(8_192, 31_634),
                                new TaskSize(4_096, 10_000)),
                        2,
                        1));
    }

    @ParameterizedTest
    @CsvSource({
        "ACTIVE, true, ACTIVE",
        "ACTIVE, false, DISCONNECTED",
        "ACTIVE,, DISCONNECTED",
        "DRAINING, true, DRAINING",
        "DRAINING, false, DRAINING",
        "REGISTERING, true, REGISTERING",
        "REGISTRATION_FAILED, false, REGISTRATION_FAILED",
        "DEREGISTERING, false, DEREGISTERING",
        "HIBERNATING, true, OTHER",
        ", true, OTHER"
    })
    void are_in_a_state(String status, Boolean agentConnected, InstanceState state) {
        ecs.has(instance(1, "spot").status(status).agentConnected(agentConnected));

        assertThat(read()).extracting(Instance::state).containsExactly(state);
    }

    @Test
    void have_nothing_of_a_resource_that_they_do_not_name() {
        ecs.has(instance(1, "spot")
                .registeredResources(resources(0, 4_096).subList(1, 2))
                .remainingResources(resources(0, 4_096).subList(1, 2)));

        assertThat(read()).singleElement().satisfies(instance -> {
            assertThat(instance.room().registered()).isEqualTo(new TaskSize(0, 4_096));
            assertThat(instance.room().free()).isEqualTo(new TaskSize(0, 4_096));
            assertThat(instance.gpus()).isZero();
        });
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "100, 2", "101, 4", "5000, 100"})
    void cost_a_list_and_a_description_for_each_hundred(int count, int calls) {
        fill(count);

        assertThat(read()).hasSize(count);
        assertThat(ecs.lists() + ecs.describes()).isEqualTo(calls).isLessThanOrEqualTo(110);
    }

    @Test
    void are_all_read_where_the_calls_go_on_at_the_same_time() {
        fill(5_000);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(new EcsInstances(ecs, "spillway", threads).all()).hasSize(5_000);
        }
        assertThat(ecs.lists() + ecs.describes()).isEqualTo(100);
        // The list goes on beside them.
        assertThat(ecs.mostUnderWay()).isLessThanOrEqualTo(9);
    }

    @Test
    void are_described_at_the_same_time() {
        fill(800);
        CyclicBarrier all = new CyclicBarrier(8);
        ecs.onDescribe(() -> await(all));

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(new EcsInstances(ecs, "spillway", threads).all()).hasSize(800);
        }
    }

    @Test
    void count_once_where_they_are_listed_twice() {
        fill(150);
        ecs.listsAgain(1);

        assertThat(read()).hasSize(150);
    }

    @Test
    void are_absent_where_they_left_after_they_were_listed() {
        fill(150);
        ecs.listsGone(1_000).has(instance(1_001, "spot").status("INACTIVE"));

        assertThat(read()).hasSize(150);
    }

    @Test
    void fail_where_the_cluster_does_not_exist() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new EcsInstances(ecs, "spilway", AT_ONCE).all())
                .withMessage("CLUSTER names no cluster of this account and Region: spilway");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10})
    void fail_as_the_call_did_where_one_page_fails(int call) {
        fill(500);
        AtomicInteger calls = new AtomicInteger();
        ecs.onEachCall(() -> {
            if (calls.incrementAndGet() == call) {
                throw EcsException.builder().message("Rate exceeded").build();
            }
        });

        assertThatThrownBy(this::read).isInstanceOf(EcsException.class).hasMessageContaining("Rate exceeded");
        assertThat(ecs.underWay()).isZero();
    }

    @Test
    void are_not_listed_on_once_one_page_has_failed() {
        fill(5_000);
        ecs.onDescribe(() -> {
            throw EcsException.builder().message("Rate exceeded").build();
        });

        assertThatThrownBy(this::read).isInstanceOf(EcsException.class);
        assertThat(ecs.lists()).isEqualTo(2);
        assertThat(ecs.describes()).isEqualTo(1);
    }

    @Test
    void fail_where_ecs_leaves_one_out_without_a_word() {
        fill(150);
        ecs.answersLastWith(answer -> answer.toBuilder()
                .containerInstances(answer.containerInstances().subList(1, 50))
                .build());

        assertThatIllegalStateException()
                .isThrownBy(this::read)
                .withMessage("ECS did not describe 1 of 50 container instances: []");
    }

    @Test
    void fail_where_ecs_could_not_say_what_one_has() {
        fill(50);
        ecs.answersLastWith(answer -> answer.toBuilder()
                .containerInstances(answer.containerInstances().subList(1, 50))
                .failures(
                        Failure.builder().arn(FakeEcs.arn(1)).reason("INTERNAL").build())
                .build());

        assertThatIllegalStateException()
                .isThrownBy(this::read)
                .withMessageStartingWith("ECS did not describe 1 of 50")
                .withMessageContaining("INTERNAL");
    }

    private Collection<Instance> read() {
        return new EcsInstances(ecs, "spillway", AT_ONCE).all();
    }

    private void fill(int count) {
        IntStream.rangeClosed(1, count).forEach(n -> ecs.has(instance(n, n % 2 == 0 ? "spot" : "on-demand")));
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception alone) {
            throw new AssertionError("the others did not come", alone);
        }
    }
}
