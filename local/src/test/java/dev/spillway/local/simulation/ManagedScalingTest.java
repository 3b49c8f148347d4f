package dev.spillway.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.local.runtime.SimulatedRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** The template in its mode ManagedScaling: ECS brings instances for what waits, and takes them back when they are idle. */
class ManagedScalingTest {

    private static final String SPOT = "spot-spillway";
    private static final String ON_DEMAND = "on-demand-spillway";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SimulatedSystem system =
            Worlds.world().managedScaling().groups(10, 10).withoutFargate().start();

    @Test
    void ten_tasks_bring_their_instances_and_these_go_when_they_were_idle_for_a_quarter_of_an_hour() {
        List<String> tasks = run(SPOT, Duration.ofMinutes(20), 10);
        assertThat(tasks).allSatisfy(arn -> {
            assertThat(task(arn).lastStatus()).isEqualTo("PROVISIONING");
            assertThat(task(arn).containerInstanceArn()).isNull();
        });
        assertThat(system.instances()).isEmpty();

        system.runFor(Duration.ofMinutes(12));
        // Four on each of them.
        assertThat(system.instances()).hasSize(3).allSatisfy(instance -> {
            assertThat(instance.capacityProviderName()).isEqualTo(SPOT);
            assertThat(instance.runningTasksCount()).isPositive();
        });
        assertThat(tasks).allMatch(arn -> task(arn).lastStatus().equals("RUNNING"));
        assertThat(desired("spillway-spot")).isEqualTo(3);
        assertThat(desired("spillway-on-demand")).isZero();

        // The first two instances are idle before the third is, and it goes with them.
        Instant idle = runUntil(() -> system.instances().stream().anyMatch(i -> i.runningTasksCount() == 0));
        runUntil(() -> system.instances().stream().allMatch(i -> i.runningTasksCount() == 0));
        assertThat(tasks).allSatisfy(arn -> {
            assertThat(task(arn).stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
            assertThat(task(arn).containers().getFirst().exitCode()).isZero();
        });

        Instant gone = runUntil(() -> system.instances().isEmpty());
        assertThat(Duration.between(idle, gone)).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(19));
        system.runFor(Duration.ofHours(2));
        assertThat(system.autoScaling().instanceUse()).hasSize(3);
        assertThat(desired("spillway-spot")).isZero();
    }

    @Test
    void the_metric_tells_from_what_on_the_group_grows_and_shrinks() {
        system.runFor(Duration.ofMinutes(5));
        run(SPOT, Duration.ofMinutes(20), 10);
        system.runFor(Duration.ofMinutes(60));

        NavigableMap<Instant, Double> reservation = reservation(SPOT);
        assertThat(reservation.firstEntry().getValue()).isEqualTo(100);
        // From nothing 200; then two instances for which three are needed; then three; then none.
        assertThat(new TreeSet<>(reservation.values())).contains(0.0, 100.0, 150.0, 200.0);
        assertThat(reservation.lastEntry().getValue()).isEqualTo(100);
        assertThat(reservation(ON_DEMAND).values()).containsOnly(100.0);
    }

    /** One of two instances has a long task: it is not the one that goes, however often the group shrinks. */
    @Test
    void an_instance_with_a_task_never_goes() {
        String longTask = run(SPOT, Duration.ofHours(6), 1).getFirst();
        system.runFor(Duration.ofMinutes(10));
        assertThat(system.instances()).hasSize(2);

        system.runFor(Duration.ofMinutes(20));
        assertThat(system.instances())
                .extracting(ContainerInstance::containerInstanceArn)
                .containsExactly(task(longTask).containerInstanceArn());
        for (int i = 0; i < 10; i++) {
            run(SPOT, Duration.ofMinutes(5), 8);
            system.runFor(Duration.ofMinutes(30));
        }

        assertThat(task(longTask).lastStatus()).isEqualTo("RUNNING");
        system.runFor(Duration.ofHours(1));
        assertThat(system.instances()).isEmpty();
        assertThat(task(longTask).lastStatus()).isEqualTo("STOPPED");
        assertThat(stopCodes()).containsExactly(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
    }

    @Test
    void each_provider_brings_instances_of_its_own_group() {
        run(ON_DEMAND, Duration.ofHours(1), 4);
        system.runFor(Duration.ofMinutes(10));

        assertThat(system.instances())
                .isNotEmpty()
                .allMatch(instance -> instance.capacityProviderName().equals(ON_DEMAND))
                .allMatch(instance -> instance.attributes().stream()
                        .anyMatch(a -> a.name().equals("spillway.capacity")
                                && a.value().equals("on-demand")));
    }

    /** The group cannot launch; the tasks wait until ECS gives them up, and the capacity that comes late finds nobody. */
    @Test
    void without_Spot_capacity_tasks_wait_until_they_are_given_up() {
        system.autoScaling().spotAvailable("spillway-spot", false);
        List<String> tasks = run(SPOT, Duration.ofMinutes(5), 3);

        system.runFor(Duration.ofMinutes(9));
        assertThat(tasks).allMatch(arn -> task(arn).lastStatus().equals("PROVISIONING"));
        system.runFor(Duration.ofMinutes(22));
        assertThat(tasks).allSatisfy(arn -> {
            assertThat(task(arn).stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
            assertThat(task(arn).containers()).isEmpty();
        });

        system.autoScaling().spotAvailable("spillway-spot", true);
        system.runFor(Duration.ofMinutes(5));
        assertThat(system.instances()).hasSize(2);
        system.runFor(Duration.ofMinutes(30));
        assertThat(system.instances()).isEmpty();
    }

    @Test
    void the_same_seed_gives_the_same_history() {
        assertThat(history(7)).isEqualTo(history(7));
    }

    private static String history(long seed) {
        SimulatedSystem system = Worlds.world()
                .seed(seed)
                .managedScaling()
                .groups(5, 5)
                .withoutFargate()
                .start();
        IntStream.range(0, 12).forEach(i -> system.ecs().runTask(request(system, SPOT, Duration.ofMinutes(i + 1), 3)));
        system.runFor(Duration.ofHours(2));
        return system.autoScaling().instanceUse().toString();
    }

    private interface Condition {
        boolean holds();
    }

    private Instant runUntil(Condition condition) {
        for (int i = 0; i < 120 && !condition.holds(); i++) {
            system.runFor(MINUTE.dividedBy(2));
        }
        assertThat(condition.holds()).isTrue();
        return system.now();
    }

    private Set<TaskStopCode> stopCodes() {
        return Set.copyOf(
                system
                        .ecs()
                        .listTasks(r -> r.cluster(system.clusterName()).desiredStatus("STOPPED"))
                        .taskArns()
                        .stream()
                        .map(arn -> task(arn).stopCode())
                        .toList());
    }

    private NavigableMap<Instant, Double> reservation(String provider) {
        return system.cloudWatch()
                .series(
                        "AWS/ECS/ManagedScaling",
                        "CapacityProviderReservation",
                        Map.of("ClusterName", system.clusterName(), "CapacityProviderName", provider),
                        "Maximum",
                        SimulatedSystem.START,
                        system.now(),
                        MINUTE);
    }

    private int desired(String group) {
        return system
                .autoScaling()
                .client()
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames(group))
                .autoScalingGroups()
                .stream()
                .mapToInt(AutoScalingGroup::desiredCapacity)
                .sum();
    }

    private List<String> run(String provider, Duration time, int count) {
        return system.ecs().runTask(request(system, provider, time, count)).tasks().stream()
                .map(Task::taskArn)
                .toList();
    }

    private static RunTaskRequest request(SimulatedSystem system, String provider, Duration time, int count) {
        return RunTaskRequest.builder()
                .cluster(system.clusterName())
                .taskDefinition(Worlds.ON_EC2)
                .count(count)
                .startedBy("somebody")
                .capacityProviderStrategy(
                        item -> item.capacityProvider(provider).weight(1))
                .overrides(o -> o.containerOverrides(c -> c.name("main")
                        .environment(e -> e.name(SimulatedRuntime.SECONDS).value(Long.toString(time.toSeconds())))))
                .build();
    }

    private Task task(String arn) {
        return system.ecs()
                .describeTasks(r -> r.cluster(system.clusterName()).tasks(arn))
                .tasks()
                .getFirst();
    }
}
