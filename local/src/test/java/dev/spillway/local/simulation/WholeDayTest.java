package dev.spillway.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.ec2.CapacityKind;
import dev.spillway.local.ec2.InstanceUse;
import dev.spillway.local.ecs.StartupTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * Days of the cluster that template.yaml deploys: its groups, alarms, policies and functions, in simulated time. An
 * m5.large holds two of the largest container, 1,024 CPU units and 2,048 MiB.
 */
class WholeDayTest {

    private static final String SPOT = "spillway-spot";
    private static final String ON_DEMAND = "spillway-on-demand";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    /** The template's default. */
    private static final Duration WARM_UP = Duration.ofSeconds(180);

    private static final int CPU = 1_024;
    private static final int MEMORY = 2_048;

    @Test
    void a_burst_on_an_empty_cluster_spills_over_at_once_and_later_work_runs_on_instances_that_go_again() {
        SimulatedSystem system = world().start();
        IntStream.range(0, 100).forEach(i -> send(system, "burst-" + i, Duration.ofMinutes(10)));
        system.runFor(MINUTE);
        assertThat(system.records())
                .hasSize(100)
                .allSatisfy(task -> assertThat(task.capacityType()).isEqualTo(CapacityType.FARGATE));

        for (int i = 0; i < 240; i++) {
            send(system, "later-" + i, Duration.ofSeconds(280));
            system.runFor(Duration.ofSeconds(30));
        }
        assertThat(group(system, SPOT).desiredCapacity()).isPositive();
        system.runUntilAllEnded(HOUR);
        system.runFor(Duration.ofHours(3));

        List<TaskRecord> later = system.records().stream()
                .filter(task -> task.taskId().value().startsWith("later-"))
                .toList();
        assertThat(later.subList(120, 240))
                .as("the second hour's tasks, when the instances have come")
                .allMatch(task -> task.capacityType() == CapacityType.EC2);
        assertThat(Worlds.of(system, TaskRecord::status)).containsOnly(TaskStatus.SUCCEEDED);
        assertThat(system.overlaps()).isEmpty();
        assertThat(system.deadLetters()).isEmpty();
        assertThat(group(system, SPOT).desiredCapacity()).isZero();
        assertThat(system.instances()).isEmpty();
    }

    @Test
    void an_instance_that_is_to_go_waits_for_its_task_of_eight_hours() {
        SimulatedSystem system = world().start();
        Instant scaledIn = twoInstancesWithOneLongTaskEach(system, Duration.ofHours(8));

        system.runUntilAllEnded(Duration.ofHours(12));
        system.runFor(HOUR);

        TaskRecord drained = longTasks(system).getFirst();
        assertThat(longTasks(system)).allSatisfy(task -> {
            assertThat(task.status()).isEqualTo(TaskStatus.SUCCEEDED);
            assertThat(task.losses()).isZero();
            assertThat(task.attempt()).isOne();
        });
        InstanceUse first = ended(system).getFirst();
        Instant gone = first.endedAt().orElseThrow();
        assertThat(gone).isAfter(scaledIn.plus(Duration.ofHours(6)));
        assertThat(Duration.between(drained.stoppedAt(), gone)).isBetween(Duration.ZERO, Duration.ofMinutes(8));
    }

    @Test
    void a_task_that_outlasts_the_lifecycle_hook_is_stopped_in_time_and_ends_elsewhere() {
        SimulatedSystem system =
                world().parameter("HeartbeatTimeoutSeconds", "900").start();
        Instant scaledIn = twoInstancesWithOneLongTaskEach(system, Duration.ofHours(40));
        Duration limit = Duration.ofSeconds(900 * 100);

        system.runUntilAllEnded(Duration.ofHours(100));
        system.runFor(HOUR);

        List<TaskRecord> moved =
                longTasks(system).stream().filter(task -> task.losses() > 0).toList();
        assertThat(moved).hasSize(1).allSatisfy(task -> {
            assertThat(task.status()).isEqualTo(TaskStatus.SUCCEEDED);
            assertThat(task.attempt()).isOne();
            assertThat(task.history())
                    .anyMatch(line -> line.what().startsWith("lost to the infrastructure, no attempt spent: ")
                            && line.what().contains("drained"));
        });
        assertThat(longTasks(system)).extracting(TaskRecord::status).containsOnly(TaskStatus.SUCCEEDED);
        assertThat(system.overlaps()).isEmpty();
        Instant gone = ended(system).getFirst().endedAt().orElseThrow();
        assertThat(gone).isBetween(scaledIn.plus(limit).minus(HOUR), scaledIn.plus(limit));
    }

    @Test
    void on_demand_instances_stand_in_for_Spot_Instances_that_are_not_to_be_had() {
        SimulatedSystem system = world().parameter("SpotMinSize", "4").start();
        system.runFor(Duration.ofMinutes(30));
        assertThat(system.instances()).hasSize(4);

        system.autoScaling().spotAvailable(SPOT, false);
        Instant lost = system.now().plus(Duration.ofMinutes(2));
        system.runFor(Duration.ofMinutes(4));
        assertThat(system.now()).isEqualTo(lost.plus(Duration.ofMinutes(2)));
        assertThat(group(system, ON_DEMAND).desiredCapacity()).isEqualTo(4);

        system.runFor(Duration.ofMinutes(116));
        assertThat(uses(system, CapacityKind.ON_DEMAND)).hasSize(4);
        assertThat(system.instances()).hasSize(4);

        system.autoScaling().spotAvailable(SPOT, true);
        system.runFor(Duration.ofMinutes(30));
        assertThat(group(system, ON_DEMAND).desiredCapacity()).isZero();
        assertThat(system.instances()).hasSize(4);
        assertThat(uses(system, CapacityKind.ON_DEMAND))
                .allMatch(use -> use.endedAt().isPresent());
    }

    @Test
    void a_day_of_random_load_never_shrinks_the_group_just_before_it_grows() {
        Worlds.withSeeds(3, seed -> {
            SimulatedSystem system = dayOfRandomLoad(seed, 2, false);

            assertThat(flaps(system)).isEmpty();
        });
    }

    /** Somebody may come the minute after an instance has gone; but the going itself calls for none. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void with_bursts_or_without_headroom_only_new_tasks_make_the_group_grow_again(int headroom) {
        Worlds.withSeeds(2, seed -> {
            SimulatedSystem system = dayOfRandomLoad(seed, headroom, true);

            assertThat(flaps(system))
                    .allSatisfy(flap -> assertThat(sentBetween(system, flap)).isGreaterThan(headroom));
        });
    }

    private static SimulatedSystem dayOfRandomLoad(long seed, int headroom, boolean bursts) {
        SimulatedSystem system = world().seed(seed)
                .parameter("Headroom", Integer.toString(headroom))
                .start();
        Random random = new Random(seed);
        int sent = 0;
        for (int minute = 0; minute < 24 * 60; minute++) {
            // Busy hours and quiet ones.
            boolean burst = bursts && random.nextInt(180) == 0;
            double perMinute = burst ? 20 : 0.2 + Math.pow(Math.sin(minute / 200.0), 2);
            for (double left = perMinute; left > random.nextDouble(); left--) {
                send(system, "task-" + sent++, Duration.ofSeconds(60 + random.nextInt(1_800)));
            }
            system.runFor(MINUTE);
        }
        system.runUntilAllEnded(Duration.ofHours(2));
        assertThat(Worlds.of(system, TaskRecord::status)).containsOnly(TaskStatus.SUCCEEDED);
        assertThat(system.overlaps()).isEmpty();
        assertThat(policyActivities(system))
                .anyMatch(WholeDayTest::isScaleIn)
                .anyMatch(activity -> !isScaleIn(activity));
        return system;
    }

    private static SimulatedSystemBuilder world() {
        return Worlds.world()
                .groups(10, 10)
                .parameter("Headroom", "0")
                .parameter("InstanceType", Worlds.INSTANCE)
                .startupTimes(new StartupTimes(Duration.ofSeconds(2), Duration.ofSeconds(30)));
    }

    private static void send(SimulatedSystem system, String taskId, Duration runs) {
        system.send(Job.anywhere(taskId).size(CPU, MEMORY).runs(runs).json());
    }

    /**
     * Each instance is left with one long task beside room for one: one instance too many.
     *
     * @return when the scale-in began
     */
    private static Instant twoInstancesWithOneLongTaskEach(SimulatedSystem system, Duration runs) {
        for (int i = 0; i < 2; i++) {
            for (Job job : List.of(
                    Job.onEc2("long-" + i).runs(runs), Job.onEc2("short-" + i).runs(Duration.ofMinutes(20)))) {
                system.send(job.size(CPU, MEMORY).json());
            }
            List<TaskStatus> running = Collections.nCopies(2 * (i + 1), TaskStatus.RUNNING);
            passUntil(system, () -> Worlds.of(system, TaskRecord::status).equals(running));
        }
        assertThat(group(system, SPOT).desiredCapacity()).isEqualTo(2);
        passUntil(system, () -> group(system, SPOT).desiredCapacity() == 1);
        return system.now();
    }

    private static void passUntil(SimulatedSystem system, BooleanSupplier reached) {
        Instant limit = system.now().plus(HOUR);
        while (!reached.getAsBoolean()) {
            assertThat(system.now())
                    .as("%s, tasks %s", system, Worlds.ends(system))
                    .isBefore(limit);
            system.runFor(Duration.ofSeconds(10));
        }
    }

    private static List<TaskRecord> longTasks(SimulatedSystem system) {
        return system.records().stream()
                .filter(task -> task.taskId().value().startsWith("long-"))
                .toList();
    }

    private static AutoScalingGroup group(SimulatedSystem system, String name) {
        return system.autoScaling()
                .client()
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames(name))
                .autoScalingGroups()
                .getFirst();
    }

    private static List<InstanceUse> uses(SimulatedSystem system, CapacityKind kind) {
        return system.autoScaling().instanceUse().stream()
                .filter(use -> use.kind() == kind)
                .toList();
    }

    /** Instances that have gone, the first one first. */
    private static List<InstanceUse> ended(SimulatedSystem system) {
        return system.autoScaling().instanceUse().stream()
                .filter(use -> use.endedAt().isPresent())
                .sorted((a, b) ->
                        a.endedAt().orElseThrow().compareTo(b.endedAt().orElseThrow()))
                .toList();
    }

    /** What the two alarms made the Spot group do, oldest first. */
    private static List<Activity> policyActivities(SimulatedSystem system) {
        return system
                .autoScaling()
                .client()
                .describeScalingActivitiesPaginator(r -> r.autoScalingGroupName(SPOT))
                .activities()
                .stream()
                .filter(activity -> activity.cause().contains("SchedulableContainers"))
                .toList()
                .reversed();
    }

    private static boolean isScaleIn(Activity activity) {
        return activity.description().startsWith("Terminating");
    }

    /**
     * A scale-out so soon after a scale-in that an instance had gone in vain.
     *
     * @param in when the one began
     * @param out when the other began
     */
    private record Flap(Instant in, Instant out, String cause) {}

    /** The alarm judges by a sample that may be two minutes old; who came since then is news to it. */
    private static long sentBetween(SimulatedSystem system, Flap flap) {
        Instant judged = flap.in().minus(Duration.ofMinutes(2));
        return system.records().stream()
                .map(TaskRecord::createdAt)
                .filter(sent -> sent.isAfter(judged) && sent.isBefore(flap.out()))
                .count();
    }

    private static List<Flap> flaps(SimulatedSystem system) {
        List<Flap> flaps = new ArrayList<>();
        Instant lastScaleIn = Instant.MIN;
        for (Activity activity : policyActivities(system)) {
            if (isScaleIn(activity)) {
                lastScaleIn = activity.startTime();
            } else if (lastScaleIn.isAfter(activity.startTime().minus(WARM_UP))) {
                flaps.add(new Flap(lastScaleIn, activity.startTime(), activity.cause()));
            }
        }
        return flaps;
    }
}
