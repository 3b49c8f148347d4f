package dev.spillway.local.ecs;

import static dev.spillway.local.ecs.SimulatedCluster.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceStatus;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.PlacementConstraintType;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** Tasks for the capacity providers of Auto Scaling groups, and those of them that wait for room. */
class CapacityProviderTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SimulatedCluster cluster = new SimulatedCluster()
            .define("half", 1024, 1024)
            .define("quarter", 512, 512)
            .defineForFargate("networked", "1024", "2048");
    private int launched;

    @BeforeEach
    void associate() {
        cluster.ecs.managedCapacity().create("spot", "spot-group");
        cluster.ecs.managedCapacity().create("on-demand", "on-demand-group");
        cluster.ecs.managedCapacity().create("elsewhere", "group-elsewhere");
    }

    @Test
    void a_task_goes_to_an_instance_of_the_group_and_names_its_provider() {
        String plain = cluster.instance("m5.large");
        String ofTheOther = join("on-demand-group");
        String ofTheGroup = join("spot-group");

        Task task = run("half", "spot").tasks().getFirst();

        assertThat(task.containerInstanceArn()).isEqualTo(ofTheGroup);
        assertThat(task.capacityProviderName()).isEqualTo("spot");
        assertThat(task.launchType()).isEqualTo(LaunchType.EC2);
        assertThat(task.lastStatus()).isEqualTo("PENDING");
        assertThat(providerOf(ofTheGroup)).isEqualTo("spot");
        assertThat(providerOf(ofTheOther)).isEqualTo("on-demand");
        assertThat(providerOf(plain)).isNull();
    }

    @Test
    void a_launch_type_still_takes_any_instance_and_is_refused_without_one() {
        String instance = join("spot-group");

        Task task = cluster.run("half").tasks().getFirst();

        assertThat(task.containerInstanceArn()).isEqualTo(instance);
        assertThat(task.capacityProviderName()).isNull();
        assertThat(cluster.run("half", r -> r.launchType(LaunchType.EC2).count(2))
                        .failures())
                .isNotEmpty();
    }

    @Test
    void without_room_a_task_waits_in_PROVISIONING_and_runs_when_an_instance_has_come() {
        Task waiting = run("half", "spot").tasks().getFirst();

        assertThat(waiting.lastStatus()).isEqualTo("PROVISIONING");
        assertThat(waiting.containerInstanceArn()).isNull();
        assertThat(waiting.capacityProviderName()).isEqualTo("spot");
        cluster.timeline.runFor(Duration.ofMinutes(1));
        assertThat(cluster.task(waiting.taskArn()).lastStatus()).isEqualTo("PROVISIONING");

        String instance = join("spot-group");
        cluster.timeline.runFor(SECOND);

        assertThat(cluster.task(waiting.taskArn()).lastStatus()).isEqualTo("RUNNING");
        assertThat(cluster.task(waiting.taskArn()).containerInstanceArn()).isEqualTo(instance);
        cluster.timeline.runFor(Duration.ofMinutes(2));
        assertThat(cluster.history(waiting.taskArn()))
                .containsExactly(
                        "PROVISIONING/RUNNING@1", "PENDING/RUNNING@2", "RUNNING/RUNNING@3", "STOPPED/STOPPED@4");
        assertThat(cluster.events)
                .filteredOn(event -> event.at("/detail/taskArn").asText().equals(waiting.taskArn()))
                .allSatisfy(event -> {
                    assertThat(event.at("/detail/capacityProviderName").asText())
                            .isEqualTo("spot");
                    assertThat(event.at("/detail/launchType").asText()).isEqualTo("EC2");
                });
    }

    @Test
    void a_task_with_an_interface_of_its_own_gets_the_instance_first_and_the_interface_then() {
        Task waiting = cluster.run(
                        "networked",
                        r -> r.capacityProviderStrategy(item("spot", 0, 1))
                                .networkConfiguration(SimulatedCluster.network()))
                .tasks()
                .getFirst();
        join("spot-group");
        cluster.timeline.runFor(SECOND);

        assertThat(cluster.history(waiting.taskArn()))
                .containsExactly(
                        "PROVISIONING/RUNNING@1", "PROVISIONING/RUNNING@2", "PENDING/RUNNING@3", "RUNNING/RUNNING@4");
    }

    /** Of those that fit: a large one at the head does not hold up the others. */
    @Test
    void who_waits_longest_goes_first_when_a_task_has_left() {
        join("spot-group");
        run("half", "spot");
        cluster.timeline.runFor(Duration.ofSeconds(30));
        run("quarter", "spot", 2);
        List<Task> waiting = Stream.of("half", "quarter", "half")
                .map(name -> run(name, "spot").tasks().getFirst())
                .toList();
        assertThat(waiting).allMatch(task -> task.lastStatus().equals("PROVISIONING"));

        cluster.timeline.runFor(Duration.ofSeconds(31));

        assertThat(waiting)
                .extracting(task -> cluster.task(task.taskArn()).lastStatus())
                .containsExactly("RUNNING", "PROVISIONING", "PROVISIONING");
    }

    @Test
    void an_instance_that_drains_or_has_no_agent_takes_none_until_it_is_back() {
        String draining = join("spot-group");
        String silent = join("spot-group");
        state(draining, ContainerInstanceStatus.DRAINING);
        cluster.ecs.disconnectAgent(silent);
        List<Task> waiting = run("half", "spot", 4).tasks();
        assertThat(waiting).hasSize(4).allMatch(task -> task.containerInstanceArn() == null);

        cluster.ecs.connectAgent(silent);
        assertThat(waiting)
                .extracting(task -> cluster.task(task.taskArn()).containerInstanceArn())
                .containsExactly(silent, silent, null, null);

        state(draining, ContainerInstanceStatus.ACTIVE);
        assertThat(waiting)
                .extracting(task -> cluster.task(task.taskArn()).containerInstanceArn())
                .containsExactly(silent, silent, draining, draining);
    }

    @Test
    void a_waiting_task_that_is_stopped_never_gets_an_instance() {
        Task waiting = run("half", "spot").tasks().getFirst();

        cluster.client.stopTask(r -> r.cluster(CLUSTER).task(waiting.taskArn()).reason("waited for too long"));
        join("spot-group");
        cluster.timeline.runFor(Duration.ofMinutes(40));

        Task stopped = cluster.task(waiting.taskArn());
        assertThat(stopped.lastStatus()).isEqualTo("STOPPED");
        assertThat(stopped.stopCode()).isEqualTo(TaskStopCode.USER_INITIATED);
        assertThat(stopped.stoppedReason()).isEqualTo("waited for too long");
        assertThat(stopped.containerInstanceArn()).isNull();
        assertThat(cluster.history(waiting.taskArn()))
                .containsExactly("PROVISIONING/RUNNING@1", "PROVISIONING/STOPPED@2", "STOPPED/STOPPED@3");
    }

    @Test
    void a_task_that_gets_no_room_is_stopped_after_ten_to_thirty_minutes() {
        List<Task> waiting = run("half", "spot", 10).tasks();

        cluster.timeline.runFor(Duration.ofMinutes(10).minus(SECOND));
        assertThat(waiting).allMatch(task -> is(task, "PROVISIONING"));
        cluster.timeline.runFor(Duration.ofMinutes(20).plus(SECOND.multipliedBy(2)));

        assertThat(waiting).allSatisfy(task -> {
            Task stopped = cluster.task(task.taskArn());
            assertThat(stopped.lastStatus()).isEqualTo("STOPPED");
            assertThat(stopped.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
            assertThat(stopped.containers()).isEmpty();
            assertThat(stopped.startedAt()).isNull();
        });
    }

    @Test
    void five_hundred_wait_and_no_more() {
        List<Task> waiting = IntStream.range(0, 50)
                .mapToObj(i -> run("half", "spot", 10).tasks())
                .flatMap(Collection::stream)
                .toList();
        assertThat(waiting).hasSize(500);

        assertThatThrownBy(() -> run("half", "on-demand"))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("Tasks provisioning capacity limit exceeded.");

        // Room is no matter of the quota, and who leaves makes place for another.
        join("on-demand-group");
        assertThat(run("half", "on-demand").tasks()).hasSize(1);
        RunTaskResponse some = run("half", "on-demand", 3);
        assertThat(some.tasks()).hasSize(1);
        assertThat(some.failures()).hasSize(1);
        cluster.client.stopTask(r -> r.cluster(CLUSTER).task(waiting.getFirst().taskArn()));
        assertThat(run("half", "spot").tasks()).hasSize(1);
    }

    @Test
    void the_same_token_answers_with_the_same_waiting_task() {
        RunTaskResponse first = cluster.run(
                "half", r -> r.capacityProviderStrategy(item("spot", 0, 1)).clientToken("once"));
        RunTaskResponse second = cluster.run(
                "half", r -> r.capacityProviderStrategy(item("spot", 0, 1)).clientToken("once"));

        assertThat(second.tasks())
                .hasSize(1)
                .first()
                .satisfies(task -> assertThat(task.taskArn())
                        .isEqualTo(first.tasks().getFirst().taskArn()));
        join("spot-group");
        assertThat(cluster.client.listTasks(r -> r.cluster(CLUSTER)).taskArns()).hasSize(1);
    }

    @Test
    void constraints_hold_for_those_that_wait_too() {
        List<Task> waiting = cluster.run(
                        "quarter",
                        r -> r.capacityProviderStrategy(item("spot", 0, 1))
                                .placementConstraints(c -> c.type(PlacementConstraintType.DISTINCT_INSTANCE))
                                .count(2))
                .tasks();

        String first = join("spot-group");
        assertThat(waiting)
                .extracting(task -> cluster.task(task.taskArn()).containerInstanceArn())
                .containsExactly(first, null);
        assertThat(load("spot").missing()).isEqualTo(1);

        String second = join("spot-group");
        assertThat(waiting)
                .extracting(task -> cluster.task(task.taskArn()).containerInstanceArn())
                .containsExactly(first, second);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("unknown", List.of(item("nobody", 0, 1)), "'nobody' was not found."),
                Arguments.of("elsewhere", List.of(item("elsewhere", 0, 1)), "that is not associated with the cluster."),
                Arguments.of(
                        "two with a base",
                        List.of(item("spot", 1, 1), item("on-demand", 1, 1)),
                        "Only one capacity provider"),
                Arguments.of(
                        "no weight", List.of(item("spot", 1, 0), item("on-demand", 0, 0)), "weight greater than zero"),
                Arguments.of("too much weight", List.of(item("spot", 0, 1001)), "weight between 0 and 1000"),
                Arguments.of("too much base", List.of(item("spot", 100_001, 1)), "base must be between 0 and 100000"),
                Arguments.of(
                        "a mix",
                        List.of(item("spot", 0, 1), item("FARGATE", 0, 1)),
                        "cannot contain a mix of capacity"),
                Arguments.of(
                        "too many",
                        IntStream.range(0, 21).mapToObj(i -> item("spot", 0, 1)).toList(),
                        "a maximum of 20"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void a_strategy_that_breaks_a_rule_is_refused(
            String name, List<CapacityProviderStrategyItem> strategy, String words) {
        assertThatThrownBy(() -> cluster.run("half", r -> r.capacityProviderStrategy(strategy)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining(words);
    }

    @Test
    void a_launch_type_beside_a_strategy_is_refused() {
        assertThatThrownBy(() -> cluster.run(
                        "half", r -> r.launchType(LaunchType.EC2).capacityProviderStrategy(item("spot", 0, 1))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Specifying both a launch type and capacity provider strategy");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0, 1, 10, 5",
        "0, 1, 0, 4, 10, 2",
        "2, 1, 0, 1, 10, 6",
        "3, 0, 0, 1, 10, 3",
        "9, 1, 0, 1, 4, 4",
        "0, 0, 0, 1, 10, 0",
        "0, 1000, 0, 1, 10, 10",
        "0, 3, 0, 2, 5, 3"
    })
    void the_tasks_of_a_call_are_divided_by_base_and_weight(
            int spotBase, int spotWeight, int otherBase, int otherWeight, int count, int onSpot) {
        RunTaskResponse response = cluster.run(
                "half",
                r -> r.capacityProviderStrategy(
                                item("spot", spotBase, spotWeight), item("on-demand", otherBase, otherWeight))
                        .count(count));

        assertThat(response.tasks()).hasSize(count);
        assertThat(response.tasks())
                .filteredOn(task -> task.capacityProviderName().equals("spot"))
                .hasSize(onSpot);
    }

    /** An m5.large has 2,048 CPU units and somewhat less than 8 GiB. */
    @ParameterizedTest
    @CsvSource({"half, 1, 1", "half, 2, 1", "half, 3, 2", "quarter, 4, 1", "quarter, 5, 2"})
    void what_waits_needs_as_many_instances_as_its_densest_packing(String definition, int tasks, int instances) {
        run(definition, "spot", tasks);

        assertThat(load("spot")).isEqualTo(new ProviderLoad(List.of(), List.of(), instances));
        assertThat(load("on-demand").missing()).isZero();
    }

    @Test
    void of_groups_with_different_needs_the_one_that_needs_most_instances_counts() {
        cluster.define("huge", 100_000, 1024);
        run("quarter", "spot", 9);
        run("half", "spot", 4);
        run("huge", "spot", 10);

        // Three instances for the quarters, two for the halves; what fits on none brings none.
        assertThat(load("spot").missing()).isEqualTo(3);
    }

    @Test
    void an_instance_is_busy_as_long_as_a_task_is_on_it_and_counts_for_nothing_when_it_drains() {
        String first = join("spot-group");
        join("spot-group");
        run("half", "spot", 2);
        run("half", "spot");

        ProviderLoad load = load("spot");
        assertThat(load.instances()).isEqualTo(2);
        assertThat(load.busy()).hasSize(2);

        cluster.ecs.managedCapacity().drain(CLUSTER, "i-1");
        assertThat(load("spot").instances()).isEqualTo(1);
        assertThat(cluster.ecs.managedCapacity().hasTasks(CLUSTER, "i-1")).isTrue();
        cluster.ecs.terminate(first);
        assertThat(cluster.ecs.managedCapacity().hasTasks(CLUSTER, "i-1")).isFalse();
        cluster.timeline.runFor(Duration.ofMinutes(2));
        assertThat(load("spot").idle()).containsExactly("i-2");
    }

    private boolean is(Task task, String status) {
        return cluster.task(task.taskArn()).lastStatus().equals(status);
    }

    private ProviderLoad load(String provider) {
        return cluster.ecs.managedCapacity().load(CLUSTER, provider, "m5.large");
    }

    private void state(String instance, ContainerInstanceStatus status) {
        cluster.client.updateContainerInstancesState(
                r -> r.cluster(CLUSTER).containerInstances(instance).status(status));
    }

    private String join(String group) {
        launched++;
        return cluster.ecs.addLaunchedInstance(
                CLUSTER, "m5.large", "spot", "us-east-1a", Map.of(), "i-" + launched, group);
    }

    private String providerOf(String instance) {
        return cluster.client
                .describeContainerInstances(r -> r.cluster(CLUSTER).containerInstances(instance))
                .containerInstances()
                .getFirst()
                .capacityProviderName();
    }

    private RunTaskResponse run(String definition, String provider) {
        return run(definition, provider, 1);
    }

    private RunTaskResponse run(String definition, String provider, int count) {
        return cluster.run(
                definition,
                r -> r.capacityProviderStrategy(item(provider, 0, 1)).count(count));
    }

    private static CapacityProviderStrategyItem item(String provider, int base, int weight) {
        return CapacityProviderStrategyItem.builder()
                .capacityProvider(provider)
                .base(base)
                .weight(weight)
                .build();
    }
}
