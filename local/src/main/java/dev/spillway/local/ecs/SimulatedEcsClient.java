package dev.spillway.local.ecs;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DeregisterContainerInstanceRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterContainerInstanceResponse;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.PutAttributesRequest;
import software.amazon.awssdk.services.ecs.model.PutAttributesResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateRequest;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateResponse;

/**
 * The simulated account as an {@link EcsClient}. Every operation that is not here throws
 * UnsupportedOperationException, as the SDK's interface does by itself; so does every parameter that is not simulated.
 */
final class SimulatedEcsClient implements EcsClient {

    private final EcsWorld world;
    private final RunTask runTask;
    private final TaskOperations tasks;
    private final ContainerInstanceOperations instances;

    SimulatedEcsClient(EcsWorld world, TaskLifecycle lifecycle) {
        this.world = world;
        this.runTask = new RunTask(world, lifecycle);
        this.tasks = new TaskOperations(world, lifecycle);
        this.instances = new ContainerInstanceOperations(world, lifecycle);
    }

    @Override
    public RegisterTaskDefinitionResponse registerTaskDefinition(RegisterTaskDefinitionRequest request) {
        TaskDefinition definition = world.definitions.register(request, world.now());
        return RegisterTaskDefinitionResponse.builder()
                .taskDefinition(definition)
                .tags(request.tags())
                .build();
    }

    @Override
    public DescribeTaskDefinitionResponse describeTaskDefinition(DescribeTaskDefinitionRequest request) {
        KnownFields.require(request, "DescribeTaskDefinition", Set.of("taskDefinition"));
        return world.definitions
                .find(Optional.ofNullable(request.taskDefinition()).orElse(""))
                .map(definition -> DescribeTaskDefinitionResponse.builder()
                        .taskDefinition(definition)
                        .build())
                .orElseThrow(() -> EcsErrors.client("Unable to describe task definition."));
    }

    @Override
    public ListTaskDefinitionFamiliesResponse listTaskDefinitionFamilies(ListTaskDefinitionFamiliesRequest request) {
        KnownFields.require(
                request, "ListTaskDefinitionFamilies", Set.of("familyPrefix", "status", "maxResults", "nextToken"));
        String prefix = Optional.ofNullable(request.familyPrefix()).orElse("");
        List<String> families =
                "INACTIVE".equals(request.statusAsString()) ? List.of() : world.definitions.families(prefix);
        Pages.Page<String> page = Pages.page(families, families::indexOf, request.nextToken(), request.maxResults());
        return ListTaskDefinitionFamiliesResponse.builder()
                .families(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public RunTaskResponse runTask(RunTaskRequest request) {
        return runTask.run(request);
    }

    @Override
    public DescribeTasksResponse describeTasks(DescribeTasksRequest request) {
        return tasks.describe(request);
    }

    @Override
    public ListTasksResponse listTasks(ListTasksRequest request) {
        return tasks.list(request);
    }

    @Override
    public StopTaskResponse stopTask(StopTaskRequest request) {
        return tasks.stop(request);
    }

    @Override
    public ListContainerInstancesResponse listContainerInstances(ListContainerInstancesRequest request) {
        return instances.list(request);
    }

    @Override
    public DescribeContainerInstancesResponse describeContainerInstances(DescribeContainerInstancesRequest request) {
        return instances.describe(request);
    }

    @Override
    public UpdateContainerInstancesStateResponse updateContainerInstancesState(
            UpdateContainerInstancesStateRequest request) {
        return instances.updateState(request);
    }

    @Override
    public PutAttributesResponse putAttributes(PutAttributesRequest request) {
        return instances.putAttributes(request);
    }

    @Override
    public DeregisterContainerInstanceResponse deregisterContainerInstance(DeregisterContainerInstanceRequest request) {
        return instances.deregister(request);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Nothing to close: the world belongs to who made it. */
    @Override
    public void close() {}
}
