package dev.spillway.driver.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.ecs.TaskDefinitionFacts;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.PlacementConstraintType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;

class RunTaskRequestsTest {

    private static final TaskDefinitionFacts AWSVPC = new TaskDefinitionFacts(
            "arn:aws:ecs:us-east-1:000000000000:task-definition/job:3",
            "awsvpc",
            Set.of("EC2", "FARGATE"),
            256,
            512,
            Set.of(),
            List.of(
                    new TaskDefinitionFacts.Container("log", false, 10, 50),
                    new TaskDefinitionFacts.Container("main", true, 0, 0)));

    private static final TaskDefinitionFacts BRIDGE = new TaskDefinitionFacts(
            "arn:aws:ecs:us-east-1:000000000000:task-definition/job:4",
            "bridge",
            Set.of("EC2"),
            null,
            null,
            Set.of(),
            List.of(new TaskDefinitionFacts.Container("main", true, 100, 200)));

    private final RunTaskRequests requests = new RunTaskRequests(
            "jobs", new TaskNetwork(List.of("subnet-1"), List.of("sg-1"), "ENABLED"), InstanceProviders.NONE);

    @Test
    @DisplayName("the same launch gives the same request, to the letter")
    void deterministic() {
        Map<String, String> environment = Map.of("B", "2", "A", "1", "C", "3");
        RunTaskRequest one = requests.of(launch(CapacityType.EC2, AWSVPC, work(null, null, environment)));
        RunTaskRequest two = requests.of(launch(CapacityType.EC2, AWSVPC, work(null, null, environment)));
        assertThat(one).isEqualTo(two);
        assertThat(one.overrides().containerOverrides().getFirst().environment())
                .extracting(KeyValuePair::name)
                .containsExactly("A", "B", "C", "SPILLWAY_ATTEMPT", "SPILLWAY_TASK_ID");
    }

    @Test
    @DisplayName("a token is ECS's 64 characters, and differs by task, launch and capacity type")
    void tokens() {
        TaskId task = new TaskId("t");
        assertThat(ClientToken.of(task, 1, CapacityType.EC2)).matches("[0-9a-f]{64}");
        assertThat(Set.of(
                        ClientToken.of(task, 1, CapacityType.EC2),
                        ClientToken.of(task, 2, CapacityType.EC2),
                        ClientToken.of(task, 1, CapacityType.FARGATE),
                        ClientToken.of(new TaskId("t1"), 1, CapacityType.EC2)))
                .hasSize(4);
    }

    @Test
    @DisplayName("each capacity type is asked in its own way, and launch type and strategy never go together")
    void capacityTypes() {
        RunTaskRequest ec2 = requests.of(launch(CapacityType.EC2, BRIDGE, work(null, null, Map.of())));
        assertThat(ec2.launchType()).isEqualTo(LaunchType.EC2);
        assertThat(ec2.hasPlacementConstraints()).isFalse();
        assertThat(ec2.networkConfiguration()).isNull();

        RunTaskRequest spot = requests.of(launch(CapacityType.EC2_SPOT, BRIDGE, work(null, null, Map.of())));
        assertThat(spot.placementConstraints()).singleElement().satisfies(c -> {
            assertThat(c.type()).isEqualTo(PlacementConstraintType.MEMBER_OF);
            assertThat(c.expression()).isEqualTo("attribute:spillway.capacity == spot");
        });

        RunTaskRequest fargateSpot = requests.of(launch(CapacityType.FARGATE_SPOT, AWSVPC, work(null, null, Map.of())));
        assertThat(fargateSpot.launchType()).isNull();
        assertThat(fargateSpot.capacityProviderStrategy())
                .singleElement()
                .satisfies(s -> assertThat(s.capacityProvider()).isEqualTo("FARGATE_SPOT"));
        assertThat(fargateSpot.hasPlacementStrategy()).isFalse();
        assertThat(fargateSpot.networkConfiguration().awsvpcConfiguration().assignPublicIpAsString())
                .isEqualTo("ENABLED");
    }

    @Test
    @DisplayName(
            "where capacity providers find the instances, a provider is named, and no launch type or kind of instance")
    void capacityProviders() {
        RunTaskRequests byProvider = new RunTaskRequests(
                "jobs",
                new TaskNetwork(List.of("subnet-1"), List.of(), "DISABLED"),
                new InstanceProviders("jobs-spot", "jobs-on-demand", Duration.ofMinutes(2)));
        Map<CapacityType, String> named = Map.of(
                CapacityType.EC2, "jobs-spot",
                CapacityType.EC2_SPOT, "jobs-spot",
                CapacityType.EC2_ON_DEMAND, "jobs-on-demand",
                CapacityType.FARGATE_SPOT, "FARGATE_SPOT");
        named.forEach((type, provider) -> {
            RunTaskRequest request = byProvider.of(launch(type, AWSVPC, work(null, null, Map.of())));
            assertThat(request.launchType()).isNull();
            assertThat(request.hasPlacementConstraints()).isFalse();
            assertThat(request.hasPlacementStrategy()).isEqualTo(type.isEc2());
            assertThat(request.capacityProviderStrategy()).singleElement().satisfies(item -> {
                assertThat(item.capacityProvider()).isEqualTo(provider);
                assertThat(item.weight()).isEqualTo(1);
            });
        });
        assertThat(byProvider
                        .of(launch(CapacityType.FARGATE, AWSVPC, work(null, null, Map.of())))
                        .launchType())
                .isEqualTo(LaunchType.FARGATE);
    }

    @Test
    @DisplayName("a task on an instance never asks for a public address, which ECS refuses there")
    void noPublicAddressOnEc2() {
        RunTaskRequest ec2 = requests.of(launch(CapacityType.EC2, AWSVPC, work(null, null, Map.of())));
        assertThat(ec2.networkConfiguration().awsvpcConfiguration().assignPublicIp())
                .isNull();
        assertThat(ec2.networkConfiguration().awsvpcConfiguration().subnets()).containsExactly("subnet-1");
    }

    @Test
    @DisplayName("without a size in the message nothing of the size is overridden")
    void noSize() {
        RunTaskRequest request = requests.of(launch(CapacityType.FARGATE, AWSVPC, work(null, null, Map.of())));
        assertThat(request.overrides().cpu()).isNull();
        assertThat(request.overrides().memory()).isNull();
    }

    @Test
    @DisplayName(
            "a size goes to the essential container, and the task grows with it; Fargate gets a size that it sells")
    void sizes() {
        ContainerWork work = work(300, 700, Map.of());
        RunTaskRequest fargate = requests.of(launch(CapacityType.FARGATE, AWSVPC, work));
        assertThat(fargate.overrides().containerOverrides().getFirst().name()).isEqualTo("main");
        assertThat(fargate.overrides().containerOverrides().getFirst().cpu()).isEqualTo(300);
        assertThat(fargate.overrides().cpu()).isEqualTo("512");
        assertThat(fargate.overrides().memory()).isEqualTo("1024");

        RunTaskRequest ec2 = requests.of(launch(CapacityType.EC2, AWSVPC, work));
        assertThat(ec2.overrides().cpu()).isEqualTo("310");
        assertThat(ec2.overrides().memory()).isEqualTo("750");

        RunTaskRequest withoutTaskLevel = requests.of(launch(CapacityType.EC2, BRIDGE, work));
        assertThat(withoutTaskLevel.overrides().cpu()).isNull();
        assertThat(withoutTaskLevel.overrides().memory()).isNull();
    }

    @Test
    @DisplayName("nothing in a request can set a role")
    void noRoles() {
        RunTaskRequest request = requests.of(launch(CapacityType.EC2, AWSVPC, work(1, 6, Map.of("A", "1"))));
        assertThat(request.overrides().taskRoleArn()).isNull();
        assertThat(request.overrides().executionRoleArn()).isNull();
    }

    private static ContainerWork work(
            @Nullable Integer cpu, @Nullable Integer memory, Map<String, String> environment) {
        return new ContainerWork("job", null, null, environment, cpu, memory, Placement.ANYWHERE, Map.of());
    }

    private static Launch.OnEcs launch(CapacityType type, TaskDefinitionFacts definition, ContainerWork work) {
        return new Launch.OnEcs(new TaskId("task-1"), 2, 1, type, work, definition, definition.sizeOf(work));
    }
}
