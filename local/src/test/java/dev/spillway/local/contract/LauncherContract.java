package dev.spillway.local.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.spillway.common.ecs.EcsContainerInstances;
import dev.spillway.common.ecs.EcsTaskDefinitions;
import dev.spillway.common.ecs.EcsTaskStopper;
import dev.spillway.common.ecs.InstanceRoom;
import dev.spillway.common.ecs.TaskDefinitionFacts;
import dev.spillway.common.ecs.TaskDefinitions.Lookup;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.FunctionWork;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.TaskId;
import dev.spillway.driver.DriverAdapters;
import dev.spillway.driver.launch.AwsLauncher;
import dev.spillway.driver.launch.EcsLauncher;
import dev.spillway.driver.launch.InstanceProviders;
import dev.spillway.driver.launch.LambdaLauncher;
import dev.spillway.driver.launch.Launch;
import dev.spillway.driver.launch.LaunchAnswer;
import dev.spillway.driver.launch.TaskNetwork;
import dev.spillway.taskstate.TaskStateAdapters;
import dev.spillway.taskstate.event.TaskChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** What AWS answers to launches, and what can be done with what was launched. */
abstract class LauncherContract extends StackContract {

    private static final Instant NOW = SampleTasks.NOON;
    private static final TaskId TASK = new TaskId("nightly-report_7");

    LauncherContract(AwsServer server) {
        super(server);
    }

    @Nested
    class OnContainerInstances {

        @Test
        void aTaskIsPlacedOnAnInstanceWithRoom() {
            String instance = addInstance("spot");

            LaunchAnswer.Placed placed = placed(launch(CapacityType.EC2, small()));

            assertThat(placed.containerInstanceArn()).isEqualTo(instance);
            assertThat(describe(placed.arn()).startedBy()).isEqualTo("spillway/" + TASK);
        }

        @Test
        void aTaskIsPlacedOnTheKindOfInstanceThatItAsksFor() {
            String spot = addInstance("spot");
            String onDemand = addInstance("on-demand");
            ContainerWork small = small();

            assertThat(placed(launch(CapacityType.EC2_ON_DEMAND, small)).containerInstanceArn())
                    .isEqualTo(onDemand);
            assertThat(placed(launch(CapacityType.EC2_SPOT, small)).containerInstanceArn())
                    .isEqualTo(spot);
        }

        @Test
        void aTaskIsGivenWhatItsMessageChanges() {
            addInstance("spot");
            ContainerWork work = new ContainerWork(
                    stack.define(256, 512),
                    null,
                    List.of("sh", "-c", "echo größer"),
                    Map.of("INPUT", "s3://bucket/größer 🚢"),
                    512,
                    1_024,
                    Placement.ANYWHERE,
                    Map.of("team", "süd"));

            Task task = describe(placed(launch(CapacityType.EC2, work)).arn());

            ContainerOverride override = task.overrides().containerOverrides().getFirst();
            assertThat(override.name()).isEqualTo("main");
            assertThat(override.command()).containsExactly("sh", "-c", "echo größer");
            assertThat(override.environment())
                    .extracting(KeyValuePair::name, KeyValuePair::value)
                    .contains(tuple("INPUT", "s3://bucket/größer 🚢"), tuple("SPILLWAY_TASK_ID", TASK.value()));
            assertThat(override.cpu()).isEqualTo(512);
            assertThat(override.memory()).isEqualTo(1_024);
            assertThat(task.tags()).contains(tag("team", "süd"));
        }

        @Test
        void theSameLaunchAskedAgainIsTheSameTask() {
            addInstance("spot");
            ContainerWork small = small();
            LaunchAnswer first = launch(CapacityType.EC2, small);

            assertThat(launch(CapacityType.EC2, small)).isEqualTo(first);
            assertThat(startedBy(TASK)).containsExactly(placed(first).arn());
        }

        @Test
        void theNextLaunchIsAnotherTask() {
            addInstance("spot");
            ContainerWork small = small();

            String first = placed(launch(CapacityType.EC2, small)).arn();
            String second =
                    placed(launcher().launch(onEcs(CapacityType.EC2, small, 2))).arn();

            assertThat(first).isNotEqualTo(second);
            assertThat(startedBy(TASK)).containsExactlyInAnyOrder(first, second);
        }

        @Test
        void aTaskThatIsTooLargeForNowHasNoRoomAndTheReasonNamesWhatIsMissing() {
            String instance = addInstance("spot");
            InstanceRoom room = rooms().describe(List.of(instance)).getFirst();
            String large = stack.define(256, room.registered().memory() + 1);

            LaunchAnswer answer = launch(CapacityType.EC2, work(large));

            assertThat(answer).isEqualTo(new LaunchAnswer.NoRoom(List.of("RESOURCE:MEMORY"), List.of(instance)));
        }

        @Test
        void aKindOfInstanceThatIsNotThereHasNoRoom() {
            addInstance("on-demand");

            assertThat(launch(CapacityType.EC2_SPOT, small())).isInstanceOf(LaunchAnswer.NoRoom.class);
        }

        @Test
        void aClusterWithoutInstancesHasNoRoom() {
            stack.cluster();

            assertThat(launch(CapacityType.EC2, small())).isInstanceOf(LaunchAnswer.NoRoom.class);
        }

        @Test
        void aTaskDefinitionThatIsGoneIsImpossible() {
            addInstance("spot");
            ContainerWork small = small();
            TaskDefinitionFacts known = facts(small.taskDefinition());
            ContainerWork gone = work(stack.name() + ":4711");

            LaunchAnswer answer =
                    launcher().launch(new Launch.OnEcs(TASK, 1, 1, CapacityType.EC2, gone, known, known.sizeOf(gone)));

            assertThat(answer).isInstanceOf(LaunchAnswer.Impossible.class);
        }

        @Test
        void aClusterThatIsGoneIsAskedForAgainLater() {
            ContainerWork small = small();

            assertThat(launch(CapacityType.EC2, small)).isInstanceOf(LaunchAnswer.Unanswered.class);
        }
    }

    @Nested
    class OnFargate {

        @Test
        void aTaskIsPlacedWithoutAnInstance() {
            stack.cluster();

            LaunchAnswer.Placed placed = placed(launch(CapacityType.FARGATE, work(stack.defineForFargate())));

            assertThat(placed.containerInstanceArn()).isNull();
            assertThat(describe(placed.arn()).launchTypeAsString()).isEqualTo("FARGATE");
        }

        @Test
        void aTaskIsPlacedWithoutASecurityGroup() {
            stack.cluster();
            TaskNetwork open = new TaskNetwork(server.network().subnets(), List.of(), "DISABLED");

            placed(launcher(open).launch(onEcs(CapacityType.FARGATE, work(stack.defineForFargate()), 1)));
        }

        @Test
        void aTaskIsPlacedOnSpot() {
            stack.cluster();

            LaunchAnswer.Placed placed = placed(launch(CapacityType.FARGATE_SPOT, work(stack.defineForFargate())));

            assertThat(placed.containerInstanceArn()).isNull();
            assertThat(describe(placed.arn()).capacityProviderName()).isEqualTo("FARGATE_SPOT");
        }

        @Test
        void aTaskDefinitionThatIsNotMadeForItIsImpossible() {
            stack.cluster();

            assertThat(launch(CapacityType.FARGATE, small())).isInstanceOf(LaunchAnswer.Impossible.class);
        }
    }

    @Nested
    class OnLambda {

        @Test
        void anEventIsAccepted() {
            LaunchAnswer answer = invoke(stack.function());

            assertThat(placed(answer).containerInstanceArn()).isNull();
            assertThat(placed(answer).arn()).isNotBlank();
        }

        @Test
        void aFunctionThatIsUnknownIsImpossible() {
            assertThat(invoke(stack.name() + "-unknown")).isInstanceOf(LaunchAnswer.Impossible.class);
        }

        private LaunchAnswer invoke(String function) {
            return launcher().launch(new Launch.OnLambda(TASK, 1, 1, new FunctionWork(function, "{\"pages\": 3}")));
        }
    }

    @Nested
    class AfterwardsOnEcs {

        @Test
        void aTaskThatIsStoppedSaysWhoStoppedItAndWhy() {
            addInstance("spot");
            String arn = placed(launch(CapacityType.EC2, small())).arn();

            stopper().stop(arn, "cancelled: größer als nötig");

            assertThat(TaskStateAdapters.describe(stack.ecs(), stack.cluster(), List.of(arn)))
                    .extractingByKey(arn)
                    .returns("UserInitiated", TaskChange::stopCode)
                    .returns("spillway: cancelled: größer als nötig", TaskChange::stoppedReason);
        }

        @Test
        void aTaskIsStoppedForALongReasonThatIsCutInsideACharacter() {
            addInstance("spot");
            String arn = placed(launch(CapacityType.EC2, small())).arn();

            stopper().stop(arn, "x".repeat(244) + "🚢");

            assertThat(TaskStateAdapters.describe(stack.ecs(), stack.cluster(), List.of(arn)))
                    .extractingByKey(arn)
                    .returns("spillway: " + "x".repeat(244), TaskChange::stoppedReason);
        }

        @Test
        void aTaskThatHasStoppedCanBeStoppedAgain() {
            addInstance("spot");
            String arn = placed(launch(CapacityType.EC2, small())).arn();

            stopper().stop(arn, "cancelled");
            stopper().stop(arn, "cancelled once more");

            assertThat(startedBy(TASK)).isEmpty();
        }

        @Test
        void aTaskThatIsUnknownByNowCanBeStopped() {
            stack.cluster();

            stopper().stop(stack.taskArn(1), "cancelled");

            assertThat(startedBy(TASK)).isEmpty();
        }

        @Test
        void aTaskIsFoundByWhatItWasStartedFor() {
            addInstance("spot");
            String arn = placed(launch(CapacityType.EC2, small())).arn();

            assertThat(startedBy(TASK)).containsExactly(arn);
            assertThat(startedBy(new TaskId("nightly-report"))).isEmpty();
        }
    }

    private String addInstance(String capacity) {
        return server.addInstances(stack.cluster(), 1, capacity).getFirst();
    }

    /** Work that fits everywhere. */
    private ContainerWork small() {
        return work(stack.define(256, 512));
    }

    private static ContainerWork work(String definition) {
        return new ContainerWork(definition, null, null, Map.of(), null, null, Placement.ANYWHERE, Map.of());
    }

    private LaunchAnswer launch(CapacityType type, ContainerWork work) {
        return launcher().launch(onEcs(type, work, 1));
    }

    private Launch.OnEcs onEcs(CapacityType type, ContainerWork work, int number) {
        TaskDefinitionFacts facts = facts(work.taskDefinition());
        return new Launch.OnEcs(TASK, number, 1, type, work, facts, facts.sizeOf(work));
    }

    private TaskDefinitionFacts facts(String definition) {
        return switch (new EcsTaskDefinitions(stack.ecs()).find(definition, NOW)) {
            case Lookup.Found found -> found.facts();
            case Lookup.NotFound missing -> throw new AssertionError(definition + ": " + missing.why());
        };
    }

    private AwsLauncher launcher() {
        return launcher(server.network());
    }

    private AwsLauncher launcher(TaskNetwork network) {
        LambdaClient lambda = server.clients().client(LambdaClient.class, LambdaClient::builder);
        return new AwsLauncher(
                new EcsLauncher(stack.ecs(), stack.name(), network, InstanceProviders.NONE),
                new LambdaLauncher("spillway", lambda));
    }

    private EcsTaskStopper stopper() {
        return new EcsTaskStopper(stack.ecs(), stack.cluster());
    }

    private EcsContainerInstances rooms() {
        return new EcsContainerInstances(stack.ecs(), stack.cluster());
    }

    private List<String> startedBy(TaskId task) {
        return DriverAdapters.startedBy(stack.ecs(), stack.cluster(), task);
    }

    private Task describe(String arn) {
        return stack.ecs()
                .describeTasks(
                        describe -> describe.cluster(stack.cluster()).tasks(arn).include(TaskField.TAGS))
                .tasks()
                .getFirst();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static LaunchAnswer.Placed placed(LaunchAnswer answer) {
        assertThat(answer).isInstanceOf(LaunchAnswer.Placed.class);
        return (LaunchAnswer.Placed) answer;
    }
}
