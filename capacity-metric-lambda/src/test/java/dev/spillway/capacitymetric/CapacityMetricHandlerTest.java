package dev.spillway.capacitymetric;

import static dev.spillway.capacitymetric.FakeEcs.instance;
import static dev.spillway.capacitymetric.FakeEcs.resources;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.spillway.common.store.InMemoryTaskStore;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskSize;
import dev.spillway.common.task.TaskStatus;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.ecs.model.EcsException;

/** The function as a whole, with a cluster, a table and a CloudWatch of its own. */
class CapacityMetricHandlerTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final String ARN = "arn:aws:ecs:eu-central-1:123456789012:cluster/spillway";

    private final FakeEcs ecs = new FakeEcs(ARN);
    private final FakeCloudWatch cloudWatch = new FakeCloudWatch();
    private final InMemoryTaskStore table = new InMemoryTaskStore();
    private final Map<String, String> environment = new HashMap<>(Map.of(
            "TABLE_NAME", "tasks",
            "CLUSTER", ARN,
            "LARGEST_CONTAINER_CPU", "1024",
            "LARGEST_CONTAINER_MEMORY", "2048"));
    private TaskIndex index = table;

    @Test
    void publishes_what_the_cluster_has_and_who_waits() {
        ecs.has(
                instance(1, "spot").remainingResources(resources(2_048, 31_634)),
                instance(2, "on-demand"),
                instance(3, "spot").status("DRAINING"),
                instance(4, "spot").agentConnected(false));
        waiting("for-instances", 10, CapacityType.EC2, CapacityType.FARGATE);
        waiting("for-fargate", 61, CapacityType.FARGATE);

        invoke();

        assertThat(cloudWatch.values())
                .containsOnly(
                        entry("SchedulableContainers{ClusterName=spillway}", 10.0),
                        entry("SchedulableContainers{ClusterName=spillway, CapacityType=EC2_SPOT}", 2.0),
                        entry("SchedulableContainers{ClusterName=spillway, CapacityType=EC2_ON_DEMAND}", 8.0),
                        entry("ContainersPerInstance{ClusterName=spillway}", 8.0),
                        entry("ClusterCpuReserved{ClusterName=spillway}", 37.5),
                        entry("ClusterMemoryReserved{ClusterName=spillway}", 0.0),
                        entry("ContainerInstances{ClusterName=spillway, State=ACTIVE}", 2.0),
                        entry("ContainerInstances{ClusterName=spillway, State=DISCONNECTED}", 1.0),
                        entry("ContainerInstances{ClusterName=spillway, State=DRAINING}", 1.0),
                        entry("WaitingTasks{ClusterName=spillway}", 2.0),
                        entry("WaitingTasksForInstances{ClusterName=spillway}", 1.0),
                        entry("WaitingTasksForInstances{ClusterName=spillway, CapacityType=EC2_SPOT}", 1.0),
                        entry("OldestWaitSeconds{ClusterName=spillway}", 61.0));
    }

    @Test
    void publishes_with_the_time_the_units_and_the_namespace() {
        environment.put("METRIC_NAMESPACE", "Batch");
        ecs.has(instance(1, "spot"));

        invoke();

        assertThat(cloudWatch.requests()).singleElement().satisfies(request -> {
            assertThat(request.namespace()).isEqualTo("Batch");
            assertThat(request.metricData()).allMatch(datum -> datum.timestamp().equals(NOON));
            Map<StandardUnit, Set<String>> names = request.metricData().stream()
                    .collect(Collectors.groupingBy(
                            MetricDatum::unit, Collectors.mapping(MetricDatum::metricName, Collectors.toSet())));
            assertThat(names.get(StandardUnit.PERCENT))
                    .containsExactlyInAnyOrder("ClusterCpuReserved", "ClusterMemoryReserved");
            assertThat(names.get(StandardUnit.SECONDS)).containsExactly("OldestWaitSeconds");
            assertThat(names).containsOnlyKeys(StandardUnit.COUNT, StandardUnit.PERCENT, StandardUnit.SECONDS);
        });
    }

    @Test
    void stays_far_below_what_one_call_of_cloudwatch_takes() {
        ecs.has(
                instance(1, "spot"),
                instance(2, "spot").status("DRAINING"),
                instance(3, "spot").agentConnected(false),
                instance(4, "spot").status("REGISTERING"),
                instance(5, "spot").status("REGISTRATION_FAILED"),
                instance(6, "spot").status("DEREGISTERING"),
                instance(7, "spot").status("another"));

        invoke();

        assertThat(cloudWatch.values()).hasSize(17);
    }

    @Test
    void measures_with_what_runs_where_it_is_told_to() {
        environment.put("LARGEST_CONTAINER", "auto");
        ecs.has(instance(1, "spot"));
        table.create(TaskRecord.first(new TaskId("t"), TaskStatus.RUNNING, NOON, NOON, "runs")
                .capacityType(CapacityType.EC2_SPOT)
                .startedAt(NOON)
                .needs(new TaskNeeds(new TaskSize(4_096, 512), true, List.of(CapacityType.EC2_SPOT)))
                .build());

        invoke();

        assertThat(cloudWatch.values()).containsEntry("SchedulableContainers{ClusterName=spillway}", 2.0);
    }

    @Test
    void counts_the_whole_line_and_not_its_head() {
        IntStream.rangeClosed(1, 1_200).forEach(n -> waiting("task-" + n, n, CapacityType.EC2));

        invoke();

        assertThat(cloudWatch.values())
                .containsEntry("WaitingTasks{ClusterName=spillway}", 1_200.0)
                .containsEntry("OldestWaitSeconds{ClusterName=spillway}", 1_200.0);
    }

    @Test
    void publishes_nothing_where_ecs_fails() {
        ecs.has(instance(1, "spot")).onDescribe(() -> {
            throw EcsException.builder().message("Rate exceeded").build();
        });

        assertThatThrownBy(this::invoke).isInstanceOf(EcsException.class);
        assertThat(cloudWatch.requests()).isEmpty();
    }

    @Test
    void publishes_nothing_where_the_table_fails() {
        ecs.has(instance(1, "spot"));
        index = (TaskIndex) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TaskIndex.class}, (proxy, method, arguments) -> {
                    throw DynamoDbException.builder()
                            .message("Throughput exceeds")
                            .build();
                });

        assertThatThrownBy(this::invoke).isInstanceOf(DynamoDbException.class);
        assertThat(cloudWatch.requests()).isEmpty();
    }

    @Test
    void publishes_nothing_of_a_cluster_that_does_not_exist() {
        environment.put("CLUSTER", "spilway");

        assertThatIllegalStateException().isThrownBy(this::invoke).withMessageEndingWith(": spilway");
        assertThat(cloudWatch.requests()).isEmpty();
    }

    private void invoke() {
        new TestFunction(
                        environment,
                        new FakeAws(ecs, cloudWatch),
                        table,
                        index,
                        Clock.fixed(NOON, ZoneOffset.UTC),
                        Runnable::run)
                .invoke();
    }

    private void waiting(String id, int seconds, CapacityType... chain) {
        TaskId taskId = new TaskId(id);
        ContainerWork work =
                new ContainerWork("render", null, null, Map.of(), null, null, Placement.ANYWHERE, Map.of());
        table.create(TaskRecord.first(taskId, TaskStatus.WAITING, NOON.minusSeconds(seconds), NOON, "no room")
                .request(new TaskRequest(taskId, work, null, List.of(chain), 0, RetryPolicy.NONE, null, null))
                .build());
    }
}
