package dev.spillway.local.page.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.capacity.ClusterView;
import dev.spillway.local.cli.run.Records;
import dev.spillway.local.cloudwatch.CloudWatchSettings;
import dev.spillway.local.cloudwatch.SimulatedCloudWatch;
import dev.spillway.local.dashboard.Chart;
import dev.spillway.local.dashboard.Dashboard;
import dev.spillway.local.ec2.CapacityKind;
import dev.spillway.local.ec2.InstanceUse;
import dev.spillway.local.page.About;
import dev.spillway.local.page.InstanceCount;
import dev.spillway.local.page.InstanceCount.State;
import dev.spillway.local.page.Point;
import dev.spillway.local.page.spend.Prices;
import dev.spillway.local.template.DashboardResource;
import dev.spillway.local.template.DashboardWidget;
import dev.spillway.local.template.DashboardWidget.Axis;
import dev.spillway.local.template.DashboardWidget.Look;
import dev.spillway.local.template.DashboardWidget.Metric;
import dev.spillway.local.time.SimulatedTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;

class SystemSourceTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Look LOOK = new Look(Optional.empty(), Optional.empty(), Axis.LEFT, true);
    private static final DashboardWidget WIDGET = new DashboardWidget(
            "Waiting",
            0,
            0,
            6,
            6,
            MINUTE,
            false,
            List.of(new Metric("Spillway", "WaitingTasks", Map.of(), "Maximum", LOOK)),
            List.of());

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

        assertThat(source().now().instances())
                .containsExactly(
                        new InstanceCount(CapacityKind.SPOT, State.STARTING, 1),
                        new InstanceCount(CapacityKind.SPOT, State.ACTIVE, 1),
                        new InstanceCount(CapacityKind.ON_DEMAND, State.DISCONNECTED, 1),
                        new InstanceCount(CapacityKind.ON_DEMAND, State.DRAINING, 1));
    }

    @Test
    void instances_are_paid_for_and_tasks_are_not_forgotten_when_they_end() {
        launched("i-1", CapacityKind.ON_DEMAND, true);
        SystemSource source = source();
        source.see(Records.running("a", CapacityType.EC2).build());
        source.see(Records.succeeded("b"));
        source.sample();

        assertThat(source.now().spend().containers().dollars()).isEqualTo(0.384);
        assertThat(source.now().tasks()).isEqualTo(Map.of(TaskStatus.RUNNING, 1, TaskStatus.SUCCEEDED, 1));
        Point point = source.points(Instant.MIN).getFirst();
        assertThat(point.onCapacity()).isEqualTo(Map.of(CapacityType.EC2, 1));
        assertThat(point.paid()).isEqualTo(0.384);
    }

    @Test
    void the_dashboard_is_shown_up_to_now() {
        cloudWatch.put("Spillway", "WaitingTasks", Map.of(), 7, "Count", timeline.now());
        timeline.runFor(MINUTE);

        Chart chart = source().dashboard(MINUTE.multipliedBy(5)).getFirst();

        assertThat(chart.widget()).isEqualTo(WIDGET);
        assertThat(chart.end()).isEqualTo(Records.SENT.plus(MINUTE));
        assertThat(chart.content())
                .isEqualTo(new Chart.Lines(
                        List.of(new Chart.Line("WaitingTasks", Axis.LEFT, new TreeMap<>(Map.of(Records.SENT, 7.0))))));
    }

    @Test
    void a_text_that_can_be_no_id_is_no_task() {
        assertThat(source().task("../a")).isEmpty();
        assertThat(source().task("")).isEmpty();
        assertThat(source().task("known")).isPresent();
        assertThat(source().task("unknown")).isEmpty();
    }

    private SystemSource source() {
        DashboardResource board = new DashboardResource("Board", "board", 1, List.of(WIDGET));
        Dashboard dashboard = Dashboard.of(List.of(board), cloudWatch.client(), timeline.now());
        ClusterView view = new ClusterView(dashboard, () -> uses, () -> joined, Map.of());
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
}
