package dev.spillway.local.simulation;

import dev.spillway.common.aws.AwsFailure;
import dev.spillway.common.aws.AwsFailures;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.PutAttributesRequest;
import software.amazon.awssdk.services.ecs.model.PutAttributesResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateRequest;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateResponse;

/** The ECS client that the functions get: it counts what RunTask says, and makes calls of it go wrong on demand. */
final class WatchedEcs implements EcsClient {

    private final EcsClient ecs;
    private final Deque<LaunchFault> faults = new ArrayDeque<>();
    private LaunchStatistics statistics = new LaunchStatistics(0, 0, 0);

    WatchedEcs(EcsClient ecs) {
        this.ecs = ecs;
    }

    LaunchStatistics statistics() {
        return statistics;
    }

    /** The next call of RunTask without a fault gets this one. */
    void failNextLaunch(LaunchFault fault) {
        faults.add(fault);
    }

    @Override
    public RunTaskResponse runTask(RunTaskRequest request) {
        @Nullable LaunchFault fault = faults.poll();
        if (fault == LaunchFault.CRASH_BEFORE) {
            throw new FunctionCrash("before RunTask");
        }
        RunTaskResponse answer = counted(request);
        if (fault == LaunchFault.CRASH_AFTER) {
            throw new FunctionCrash("after RunTask");
        }
        return fault == LaunchFault.REFUSED_BUT_STARTED ? refusal() : answer;
    }

    private static RunTaskResponse refusal() {
        return RunTaskResponse.builder()
                .tasks(List.of())
                .failures(Failure.builder().reason("RESOURCE:MEMORY").build())
                .build();
    }

    private RunTaskResponse counted(RunTaskRequest request) {
        try {
            RunTaskResponse answer = ecs.runTask(request);
            statistics = answer.tasks().isEmpty() ? statistics.andRefused() : statistics.andPlaced();
            return answer;
        } catch (SdkException failure) {
            boolean full = AwsFailures.classify(failure) instanceof AwsFailure.NoCapacity;
            statistics = full ? statistics.andRefused() : statistics.andFailed();
            throw failure;
        }
    }

    @Override
    public DescribeTaskDefinitionResponse describeTaskDefinition(DescribeTaskDefinitionRequest request) {
        return ecs.describeTaskDefinition(request);
    }

    @Override
    public DescribeTasksResponse describeTasks(DescribeTasksRequest request) {
        return ecs.describeTasks(request);
    }

    @Override
    public ListTasksResponse listTasks(ListTasksRequest request) {
        return ecs.listTasks(request);
    }

    @Override
    public StopTaskResponse stopTask(StopTaskRequest request) {
        return ecs.stopTask(request);
    }

    @Override
    public ListContainerInstancesResponse listContainerInstances(ListContainerInstancesRequest request) {
        return ecs.listContainerInstances(request);
    }

    @Override
    public DescribeContainerInstancesResponse describeContainerInstances(DescribeContainerInstancesRequest request) {
        return ecs.describeContainerInstances(request);
    }

    @Override
    public UpdateContainerInstancesStateResponse updateContainerInstancesState(
            UpdateContainerInstancesStateRequest request) {
        return ecs.updateContainerInstancesState(request);
    }

    @Override
    public PutAttributesResponse putAttributes(PutAttributesRequest request) {
        return ecs.putAttributes(request);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Nothing to close. */
    @Override
    public void close() {}
}
