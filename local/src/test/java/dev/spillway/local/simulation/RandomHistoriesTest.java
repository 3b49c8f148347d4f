package dev.spillway.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.ecs.EventDisturbance.Faults;
import dev.spillway.local.ecs.StartupTimes;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;

/** Whatever is sent, cancelled, taken away and lost, in whatever order: what Spillway promises still holds. */
class RandomHistoriesTest {

    private static final Duration FAULTS_LAST = Duration.ofMinutes(1);

    /** Longer than any task here runs, is retried, or is unheard of. */
    private static final Duration UNTIL_ALL_IS_OVER = Duration.ofHours(7);

    /** What happens; the number chooses which task, instance or time it concerns. */
    enum What {
        SEND,
        SEND_ANYWHERE,
        SEND_FAILING,
        SEND_FUNCTION,
        SEND_IMPATIENT,
        SEND_AGAIN,
        CANCEL,
        WAIT,
        INTERRUPT,
        LOSE_INSTANCE,
        JOIN,
        CRASH_BEFORE,
        CRASH_AFTER,
        LOSE_RELEASES,
        KEEP_RELEASES,
        FARGATE_FULL,
        FARGATE_FREE
    }

    record Step(What what, int number) {}

    record World(long seed, int spot, int onDemand, double lost, double doubled) {}

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<What> what = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(What.SEND, What.SEND_ANYWHERE, What.WAIT)),
                Tuple.of(2, Arbitraries.of(What.class)));
        return Combinators.combine(what, Arbitraries.integers().between(0, 99))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(80);
    }

    @Provide
    Arbitrary<World> worlds() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 1_000_000),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(0.0, 0.3, 0.9),
                        Arbitraries.of(0.0, 0.3, 0.9))
                .as(World::new);
    }

    @Property(tries = 40, seed = "20261101")
    void everyTaskEndsOnceOrWaitsForAReason(@ForAll("worlds") World world, @ForAll("histories") List<Step> history) {
        SimulatedSystem system = Worlds.world()
                .seed(world.seed)
                .spot(world.spot, Worlds.INSTANCE)
                .onDemand(world.onDemand, Worlds.INSTANCE)
                .startupTimes(new StartupTimes(Duration.ofSeconds(2), Duration.ofSeconds(30)))
                .eventFaults(new Faults(world.lost, world.doubled, FAULTS_LAST))
                .start();
        for (int i = 0; i < history.size(); i++) {
            happen(system, history.get(i), i);
            assertThat(system.overlaps()).as("%s", system).isEmpty();
        }
        system.loseReleases(false);
        system.runFor(UNTIL_ALL_IS_OVER);

        assertThat(system.overlaps()).as("%s", system).isEmpty();
        assertThat(system.alive()).as("%s", system).isEmpty();
        assertThat(system.records()).as("%s", system).allSatisfy(RandomHistoriesTest::isOverOrWaits);
        assertThat(system.records()).as("%s", system).allSatisfy(record -> hasNotRunTooOften(record, system));
        assertThat(system.instances())
                .as("%s", system)
                .allSatisfy(instance ->
                        assertThat(instance.remainingResources()).isEqualTo(instance.registeredResources()));
        assertThat(system.undelivered()).as("%s", system).isEmpty();
    }

    private static void isOverOrWaits(TaskRecord record) {
        long ends =
                record.history().stream().filter(line -> line.status().isEnd()).count();
        if (record.status().isEnd()) {
            assertThat(ends).as("ends of %s", record).isOne();
            assertThat(record.dueAt()).isNull();
        } else {
            assertThat(record.status()).as("%s", record).isEqualTo(TaskStatus.WAITING);
            assertThat(record.reason()).isNotBlank();
            assertThat(record.dueAt()).isNotNull();
            assertThat(ends).isZero();
        }
    }

    /** Each run of an ECS task was an attempt of the job, or the infrastructure took it. */
    private static void hasNotRunTooOften(TaskRecord record, SimulatedSystem system) {
        long runs = system.runs().stream()
                .filter(run -> run.taskId().equals(record.taskId().value()))
                .filter(run -> run.id().startsWith("arn:"))
                .count();
        assertThat(runs).as("runs of %s", record).isLessThanOrEqualTo(record.attempt() + record.losses());
    }

    private static void happen(SimulatedSystem system, Step step, int number) {
        String taskId = "task-" + number;
        Duration some = Duration.ofSeconds(5 + 4L * step.number);
        switch (step.what) {
            case SEND ->
                system.send(Job.onEc2(taskId).runs(some).priority(step.number).json());
            case SEND_ANYWHERE -> system.send(Job.anywhere(taskId).runs(some).json());
            case SEND_FAILING ->
                system.send(Job.onEc2(taskId)
                        .runs(some)
                        .exits(1 + step.number % 3)
                        .attempts(3, 2)
                        .json());
            case SEND_FUNCTION -> {
                String function = step.number % 2 == 0 ? Worlds.GOOD_FUNCTION : Worlds.BAD_FUNCTION;
                system.send(Job.function(taskId, function).json());
            }
            case SEND_IMPATIENT ->
                system.send(Job.onEc2(taskId)
                        .runs(Duration.ofMinutes(step.number))
                        .timeout(Duration.ofMinutes(10))
                        .waitDeadline(Duration.ofMinutes(5))
                        .json());
            // The same message once more, as SQS may deliver it.
            case SEND_AGAIN -> {
                system.send(Job.onEc2(taskId).runs(some).json());
                system.runFor(Duration.ofSeconds(step.number));
                system.send(Job.onEc2(taskId).runs(some).json());
            }
            case CANCEL -> system.send(Job.cancel("task-" + step.number));
            case WAIT -> system.runFor(Duration.ofSeconds(step.number * 3L));
            case INTERRUPT -> system.interruptSpot(1);
            case LOSE_INSTANCE -> loseInstance(system, step.number);
            case JOIN -> system.addInstance(Worlds.INSTANCE, SimulatedSystem.SPOT);
            case CRASH_BEFORE -> system.failNextLaunch(LaunchFault.CRASH_BEFORE);
            case CRASH_AFTER -> system.failNextLaunch(LaunchFault.CRASH_AFTER);
            case LOSE_RELEASES -> system.loseReleases(true);
            case KEEP_RELEASES -> system.loseReleases(false);
            case FARGATE_FULL -> system.fargateAvailable(false);
            case FARGATE_FREE -> system.fargateAvailable(true);
        }
    }

    private static void loseInstance(SimulatedSystem system, int number) {
        List<ContainerInstance> instances = system.instances();
        if (!instances.isEmpty()) {
            system.loseInstance(instances.get(number % instances.size()).containerInstanceArn());
        }
    }
}
