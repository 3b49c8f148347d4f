package dev.spillway.local.page.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.capacity.ClusterView;
import dev.spillway.local.cli.run.Records;
import dev.spillway.local.cloudwatch.CloudWatchSettings;
import dev.spillway.local.cloudwatch.SimulatedCloudWatch;
import dev.spillway.local.ec2.CapacityKind;
import dev.spillway.local.ec2.InstanceUse;
import dev.spillway.local.page.About;
import dev.spillway.local.page.InstanceCount;
import dev.spillway.local.page.InstanceCount.State;
import dev.spillway.local.page.Point;
import dev.spillway.local.page.RoomMinute;
import dev.spillway.local.page.spend.Prices;
import dev.spillway.local.time.SimulatedTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;

class SystemSourceTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SimulatedTimeline timeline = new SimulatedTimeline(Records.SENT, 1);
    private final SimulatedCloudWatch cloudWatch =
            new SimulatedCloudWatch(CloudWatchSettings.defaults(), timeline, event -> {}, action -> Optional.empty());
    private final List<InstanceUse> uses = new ArrayList<>();
    private final List<ContainerInstance> joined = new ArrayList<>();

    @Test
    void instances_are_counted_by_what_EC2_and_ECS_say_together() {
        launched("i-1", CapacityKind.SPOT, false);
        launched("i-2", CapacityKind.SPOT, false);
        launched("i-3", CapacityKind.ON_DEMAND, false);
        launched("i-4", CapacityKind.ON_DEMAND, false);
        launched("i-5", CapacityKind.SPOT, true);
        joined("i-1", "ACTIVE", true);
        joined("i-3", "DRAINING", true);
        joined("i-4", "ACTIVE", false);
        joined("i-5", "ACTIVE", true);

        assertThat(source(1).now().point().instances())
                .containsExactly(
                        new InstanceCount(CapacityKind.SPOT, State.STARTING, 1),
                        new InstanceCount(CapacityKind.SPOT, State.ACTIVE, 1),
                        new InstanceCount(CapacityKind.ON_DEMAND, State.DISCONNECTED, 1),
                        new InstanceCount(CapacityKind.ON_DEMAND, State.DRAINING, 1));
    }

    @Test
    void instances_are_paid_for_and_tasks_are_not_forgotten_when_they_end() {
        launched("i-1", CapacityKind.ON_DEMAND, true);
        SystemSource source = source(1);
        source.see(Records.running("a", CapacityType.EC2).build());
        source.see(Records.succeeded("b"));
        source.sample();

        assertThat(source.now().spend().containers().dollars()).isEqualTo(0.384);
        assertThat(source.now().tasks()).isEqualTo(Map.of(TaskStatus.RUNNING, 1, TaskStatus.SUCCEEDED, 1));
        Point point = source.points(Instant.MIN).getFirst();
        assertThat(point.live()).isEqualTo(Map.of(TaskStatus.RUNNING, 1));
        assertThat(point.paid()).isEqualTo(0.384);
    }

    @Test
    void the_thresholds_of_a_cluster_with_headroom_stand_still() {
        cluster("SchedulableContainers", 5);
        cluster("ContainersPerInstance", 4);
        timeline.runFor(MINUTE);
        cluster("SchedulableContainers", 0);
        cluster("WaitingTasksForInstances", 7);
        timeline.runFor(MINUTE);

        assertThat(source(2).room())
                .containsExactly(
                        new RoomMinute(Records.SENT, 5, 2, OptionalDouble.of(8)),
                        new RoomMinute(Records.SENT.plus(MINUTE), 0, 2, OptionalDouble.empty()));
    }

    @Test
    void a_cluster_that_goes_to_zero_grows_when_somebody_waits_or_went_elsewhere() {
        cluster("SchedulableContainers", 0);
        timeline.runFor(MINUTE);
        cluster("SchedulableContainers", 0);
        cluster("WaitingTasksForInstances", 1);
        timeline.runFor(MINUTE);
        cluster("SchedulableContainers", 0);
        cloudWatch.put("Spillway", "TasksSpilledOver", Map.of("Service", "driver"), 3, "Count", timeline.now());
        timeline.runFor(MINUTE);

        assertThat(source(0).room()).extracting(RoomMinute::low).containsExactly(0.0, 1.0, 1.0);
    }

    @Test
    void a_text_that_can_be_no_id_is_no_task() {
        assertThat(source(1).task("../a")).isEmpty();
        assertThat(source(1).task("")).isEmpty();
        assertThat(source(1).task("known")).isPresent();
        assertThat(source(1).task("unknown")).isEmpty();
    }

    private SystemSource source(int headroom) {
        ClusterView view = new ClusterView("spillway", headroom, cloudWatch, () -> uses, () -> joined, Map.of());
        About about = new About("a test", 1, true, "", "", "");
        return new SystemSource(
                view,
                timeline.clock(),
                id -> Optional.of(id.value()).filter("known"::equals).map(Records::succeeded),
                () -> about,
                Prices.read(),
                Duration.ofSeconds(1));
    }

    private void launched(String id, CapacityKind kind, boolean ended) {
        Duration hour = Duration.ofHours(1);
        Optional<Instant> end = ended ? Optional.of(Records.SENT) : Optional.empty();
        uses.add(new InstanceUse(id, "group", "m5.2xlarge", kind, Records.SENT.minus(hour), end, hour));
    }

    private void joined(String id, String status, boolean connected) {
        joined.add(ContainerInstance.builder()
                .ec2InstanceId(id)
                .status(status)
                .agentConnected(connected)
                .build());
    }

    private void cluster(String metric, double value) {
        cloudWatch.put("Spillway", metric, Map.of("ClusterName", "spillway"), value, "Count", timeline.now());
    }
}
