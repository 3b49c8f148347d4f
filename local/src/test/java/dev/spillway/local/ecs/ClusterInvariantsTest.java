package dev.spillway.local.ecs;

import static dev.spillway.local.ecs.SimulatedCluster.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Resource;
import software.amazon.awssdk.services.ecs.model.Task;

/** Whatever is run, stopped and taken away, in whatever order: no instance holds more than it has. */
class ClusterInvariantsTest {

    /** One thing that happens; the number chooses which task, instance, size or time it concerns. */
    record Step(String what, int number) {}

    @Provide
    Arbitrary<List<Step>> histories() {
        return Combinators.combine(
                        Arbitraries.of(
                                "run", "run", "run", "run", "stop", "wait", "interrupt", "terminate", "join", "drain"),
                        Arbitraries.integers().between(0, 99))
                .as(Step::new)
                .list()
                .ofMaxSize(80);
    }

    @Property(tries = 150, seed = "20261101")
    void resourcesAreNeverOversubscribedAndAlwaysReturned(@ForAll("histories") List<Step> history) {
        SimulatedCluster cluster = new SimulatedCluster();
        for (int size = 1; size <= 4; size++) {
            cluster.define("size-" + size, 300 * size, 700 * size);
        }
        cluster.instance("m5.large");
        cluster.instance("c5.xlarge");
        List<String> tasks = new ArrayList<>();

        for (Step step : history) {
            happen(cluster, step, tasks);
            assertBooksBalance(cluster, tasks);
        }
        cluster.timeline.runFor(Duration.ofMinutes(10));

        for (ContainerInstance instance : cluster.ecs.instances(CLUSTER)) {
            assertThat(instance.remainingResources()).isEqualTo(instance.registeredResources());
            assertThat(instance.runningTasksCount() + instance.pendingTasksCount())
                    .isZero();
        }
        assertThat(tasks)
                .allSatisfy(arn ->
                        assertThat(cluster.history(arn)).last().asString().startsWith("STOPPED/STOPPED"));
    }

    private static void happen(SimulatedCluster cluster, Step step, List<String> tasks) {
        List<ContainerInstance> instances = cluster.ecs.instances(CLUSTER);
        String instance = instances.isEmpty()
                ? ""
                : instances.get(step.number % instances.size()).containerInstanceArn();
        switch (step.what) {
            case "run" -> run(cluster, 1 + step.number % 4, tasks);
            case "wait" -> cluster.timeline.runFor(Duration.ofSeconds(step.number));
            case "join" -> cluster.instance("m5.large");
            case "stop" -> {
                // Only what ECS still knows: a task is forgotten one hour after its end.
                List<String> known =
                        cluster.client.listTasks(r -> r.cluster(CLUSTER)).taskArns();
                if (!known.isEmpty()) {
                    cluster.client.stopTask(r -> r.cluster(CLUSTER).task(known.get(step.number % known.size())));
                }
            }
            default -> {
                if (!instance.isEmpty()) {
                    disturb(cluster, step.what, instance);
                }
            }
        }
    }

    private static void run(SimulatedCluster cluster, int size, List<String> tasks) {
        try {
            cluster.run("size-" + size, r -> r.count(1 + size % 3)).tasks().forEach(task -> tasks.add(task.taskArn()));
        } catch (EcsException e) {
            assertThat(e).hasMessageContaining("No Container Instances");
        }
    }

    private static void disturb(SimulatedCluster cluster, String what, String instance) {
        switch (what) {
            case "interrupt" -> cluster.ecs.interrupt(instance);
            case "terminate" -> cluster.ecs.terminate(instance);
            default ->
                cluster.client.updateContainerInstancesState(
                        r -> r.cluster(CLUSTER).containerInstances(instance).status("DRAINING"));
        }
    }

    /** What the tasks say they have and what the instances say is left are kept apart: they must agree. */
    private static void assertBooksBalance(SimulatedCluster cluster, List<String> tasks) {
        Map<String, Integer> cpuOfTasks = new HashMap<>();
        Map<String, Integer> memoryOfTasks = new HashMap<>();
        for (int from = 0; from < tasks.size(); from += 100) {
            List<String> some = tasks.subList(from, Math.min(tasks.size(), from + 100));
            for (Task task : cluster.client
                    .describeTasks(r -> r.cluster(CLUSTER).tasks(some))
                    .tasks()) {
                if (!"STOPPED".equals(task.lastStatus())) {
                    cpuOfTasks.merge(task.containerInstanceArn(), Integer.parseInt(task.cpu()), Integer::sum);
                    memoryOfTasks.merge(task.containerInstanceArn(), Integer.parseInt(task.memory()), Integer::sum);
                }
            }
        }
        for (ContainerInstance instance : cluster.ecs.instances(CLUSTER)) {
            String arn = instance.containerInstanceArn();
            int cpu = amount(instance.registeredResources(), "CPU") - amount(instance.remainingResources(), "CPU");
            int memory =
                    amount(instance.registeredResources(), "MEMORY") - amount(instance.remainingResources(), "MEMORY");
            assertThat(amount(instance.remainingResources(), "CPU")).isNotNegative();
            assertThat(amount(instance.remainingResources(), "MEMORY")).isNotNegative();
            assertThat(cpu).isEqualTo(cpuOfTasks.getOrDefault(arn, 0));
            assertThat(memory).isEqualTo(memoryOfTasks.getOrDefault(arn, 0));
        }
    }

    private static int amount(List<Resource> resources, String name) {
        return resources.stream()
                .filter(resource -> resource.name().equals(name))
                .findFirst()
                .orElseThrow()
                .integerValue();
    }
}
