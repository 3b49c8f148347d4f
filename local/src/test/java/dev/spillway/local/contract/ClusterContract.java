package dev.spillway.local.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import dev.spillway.capacitymetric.CapacityMetricAdapters;
import dev.spillway.capacitymetric.capacity.Instance;
import dev.spillway.capacitymetric.capacity.InstanceState;
import dev.spillway.common.aws.AwsFailure;
import dev.spillway.common.ecs.EcsContainerInstances;
import dev.spillway.common.ecs.EcsTaskDefinitions;
import dev.spillway.common.ecs.InstanceRoom;
import dev.spillway.common.ecs.TaskDefinitionFacts;
import dev.spillway.common.ecs.TaskDefinitions.Lookup;
import dev.spillway.common.task.TaskSize;
import dev.spillway.taskstate.TaskStateAdapters;
import dev.spillway.taskstate.event.TaskChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceStatus;
import software.amazon.awssdk.services.ecs.model.LaunchType;

/** What the functions read of a cluster. */
abstract class ClusterContract extends StackContract {

    ClusterContract(AwsServer server) {
        super(server);
    }

    @Nested
    class ContainerInstances {

        @Test
        void sayWhatTheyAreAndWhatTheyHave() {
            String spot = addInstance("spot");
            String onDemand = addInstance("on-demand");

            assertThat(rooms().active())
                    .extracting(InstanceRoom::arn, InstanceRoom::capacity, InstanceRoom::takesTasks)
                    .containsExactlyInAnyOrder(tuple(spot, "spot", true), tuple(onDemand, "on-demand", true));
            assertThat(rooms().active()).allSatisfy(room -> {
                assertThat(room.registered().cpu()).isGreaterThanOrEqualTo(2_048);
                assertThat(room.registered().memory()).isGreaterThanOrEqualTo(4_096);
                assertThat(room.free()).isEqualTo(room.registered());
                assertThat(room.type()).contains(".");
                assertThat(room.tasks()).isZero();
            });
        }

        @Test
        void haveLessRoomByTheSizeOfATask() {
            String instance = addInstance("spot");
            TaskSize before = room(instance).free();

            runTask(stack.define(256, 512));

            assertThat(room(instance).free()).isEqualTo(new TaskSize(before.cpu() - 256, before.memory() - 512));
            assertThat(room(instance).registered()).isEqualTo(before);
            assertThat(room(instance).tasks()).isOne();
        }

        @Test
        void takeNoTasksWhileTheyDrain() {
            String draining = addInstance("spot");
            String active = addInstance("spot");
            stack.ecs()
                    .updateContainerInstancesState(update -> update.cluster(stack.cluster())
                            .containerInstances(draining)
                            .status(ContainerInstanceStatus.DRAINING));

            assertThat(rooms().active()).extracting(InstanceRoom::arn).containsExactly(active);
            assertThat(room(draining).takesTasks()).isFalse();
        }

        @Test
        void areReadInPages() {
            List<String> instances = server.addInstances(stack.cluster(), 101, "spot");

            assertThat(rooms().active()).extracting(InstanceRoom::arn).containsExactlyInAnyOrderElementsOf(instances);
        }

        @Test
        void areLeftOutWhereTheClusterHasNoneOfThatName() {
            String instance = addInstance("spot");
            String unknown = instance.substring(0, instance.length() - 12) + "000000000000";

            assertThat(rooms().describe(List.of(unknown, instance, instance)))
                    .extracting(InstanceRoom::arn)
                    .containsExactly(instance);
        }

        @Test
        void areNoneInANewCluster() {
            stack.cluster();

            assertThat(rooms().active()).isEmpty();
            assertThat(rooms().describe(List.of())).isEmpty();
        }
    }

    @Nested
    class AllContainerInstances {

        @Test
        void areReadWhateverTheirStateIs() {
            String draining = addInstance("spot");
            String active = addInstance("on-demand");
            stack.ecs()
                    .updateContainerInstancesState(update -> update.cluster(stack.cluster())
                            .containerInstances(draining)
                            .status(ContainerInstanceStatus.DRAINING));

            assertThat(instances())
                    .extracting(instance -> instance.room().arn(), Instance::state, Instance::gpus)
                    .containsExactlyInAnyOrder(
                            tuple(draining, InstanceState.DRAINING, 0), tuple(active, InstanceState.ACTIVE, 0));
        }

        @Test
        void areReadInPages() {
            List<String> arns = server.addInstances(stack.cluster(), 101, "spot");

            assertThat(instances())
                    .extracting(instance -> instance.room().arn())
                    .containsExactlyInAnyOrderElementsOf(arns);
        }

        @Test
        void areNoneInANewClusterAndAFailureInNone() {
            assertThat(instances()).isEmpty();
            assertThatIllegalStateException()
                    .isThrownBy(() -> CapacityMetricAdapters.instances(stack.ecs(), stack.name() + "-unknown"));
        }

        private Collection<Instance> instances() {
            return CapacityMetricAdapters.instances(stack.ecs(), stack.cluster());
        }
    }

    @Nested
    class TaskDefinitions {

        @Test
        void areFoundByFamilyByRevisionAndByArn() {
            String first = stack.define(256, 512);
            String second = stack.define(512, 1_024);

            assertThat(find(stack.name()).arn()).isEqualTo(second);
            assertThat(find(stack.name() + ":1").arn()).isEqualTo(first);
            assertThat(find(first).arn()).isEqualTo(first);
        }

        @Test
        void sayWhatTasksOfThemNeed() {
            stack.define(256, 512);

            TaskDefinitionFacts facts = find(stack.name());

            assertThat(facts.networkMode()).isEqualTo("bridge");
            assertThat(facts.compatibilities()).contains("EC2");
            assertThat(facts.cpu()).isNull();
            assertThat(facts.memory()).isNull();
            assertThat(facts.demands()).isEmpty();
            assertThat(facts.containers()).containsExactly(new TaskDefinitionFacts.Container("main", true, 256, 512));
        }

        @Test
        void sayWhetherFargateTakesTasksOfThem() {
            stack.defineForFargate();

            TaskDefinitionFacts facts = find(stack.name());

            assertThat(facts.needsNetwork()).isTrue();
            assertThat(facts.compatibilities()).contains("EC2", "FARGATE");
            assertThat(facts.cpu()).isEqualTo(256);
            assertThat(facts.memory()).isEqualTo(512);
        }

        @Test
        void areMissingForGoodWhereNoneHasTheName() {
            Lookup unknown = definitions().find(stack.name() + "-unknown", SampleTasks.NOON);

            assertThat(unknown)
                    .isInstanceOfSatisfying(
                            Lookup.NotFound.class,
                            missing -> assertThat(missing.why()).isInstanceOf(AwsFailure.Permanent.class));
        }

        private EcsTaskDefinitions definitions() {
            return new EcsTaskDefinitions(stack.ecs());
        }

        private TaskDefinitionFacts find(String reference) {
            Lookup answer = definitions().find(reference, SampleTasks.NOON);
            assertThat(answer).isInstanceOf(Lookup.Found.class);
            return ((Lookup.Found) answer).facts();
        }
    }

    @Nested
    class Tasks {

        @Test
        void sayWhereTheyRunAndHowFarTheyAre() {
            String instance = addInstance("spot");
            String definition = stack.define(256, 512);
            String arn = runTask(definition);

            assertThat(describe(List.of(arn)).values()).singleElement().satisfies(task -> {
                assertThat(task.taskArn()).isEqualTo(arn);
                assertThat(task.taskDefinitionArn()).isEqualTo(definition);
                assertThat(task.containerInstanceArn()).isEqualTo(instance);
                assertThat(task.lastStatus()).isIn("PROVISIONING", "PENDING", "ACTIVATING", "RUNNING");
                assertThat(task.version()).isPositive();
                assertThat(task.containers())
                        .extracting(TaskChange.Container::name, TaskChange.Container::exitCode)
                        .containsExactly(tuple("main", null));
            });
        }

        @Test
        void areReadAHundredAtATimeAndLeftOutWhereEcsKnowsNoneOfThatName() {
            addInstance("spot");
            String arn = runTask(stack.define(256, 512));
            List<String> asked = new ArrayList<>(
                    IntStream.range(0, 99).mapToObj(stack::taskArn).toList());
            asked.add(arn);

            assertThat(describe(asked)).containsOnlyKeys(arn);
        }

        private Map<String, TaskChange> describe(List<String> arns) {
            return TaskStateAdapters.describe(stack.ecs(), stack.cluster(), arns);
        }
    }

    private String addInstance(String capacity) {
        return server.addInstances(stack.cluster(), 1, capacity).getFirst();
    }

    private String runTask(String definition) {
        return stack.ecs()
                .runTask(run ->
                        run.cluster(stack.cluster()).taskDefinition(definition).launchType(LaunchType.EC2))
                .tasks()
                .getFirst()
                .taskArn();
    }

    private EcsContainerInstances rooms() {
        return new EcsContainerInstances(stack.ecs(), stack.cluster());
    }

    private InstanceRoom room(String arn) {
        return rooms().describe(List.of(arn)).getFirst();
    }
}
