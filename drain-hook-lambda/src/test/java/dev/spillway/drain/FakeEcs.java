package dev.spillway.drain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.PutAttributesRequest;
import software.amazon.awssdk.services.ecs.model.PutAttributesResponse;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateRequest;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateResponse;
import software.amazon.awssdk.services.ecs.paginators.ListContainerInstancesIterable;
import software.amazon.awssdk.services.ecs.paginators.ListTasksIterable;

/** Container instances and their tasks. A container instance's ARN is {@code ci/} and the instance's id. */
final class FakeEcs implements EcsClient {

    private static final Pattern FILTER = Pattern.compile("ec2InstanceId in \\[(.+)]");

    private final CallLog log;
    private final Map<String, ContainerInstance> instances = new TreeMap<>();
    private final Map<String, Task> tasks = new TreeMap<>();
    private final Map<String, SchedulingStrategy> services = new HashMap<>();
    private final Set<String> notListed = new HashSet<>();
    private final Map<String, String> notDescribed = new HashMap<>();
    private String drainAnswer = "";

    FakeEcs(CallLog log) {
        this.log = log;
    }

    void join(String instanceId) {
        instances.put(
                arn(instanceId),
                ContainerInstance.builder()
                        .containerInstanceArn(arn(instanceId))
                        .ec2InstanceId(instanceId)
                        .status("ACTIVE")
                        .agentConnected(true)
                        .build());
    }

    /** What is left of an agent that lost its data and registered anew. */
    void leftOver(String instanceId) {
        instances.put(
                "ci/left-over",
                ContainerInstance.builder()
                        .containerInstanceArn("ci/left-over")
                        .ec2InstanceId(instanceId)
                        .status("ACTIVE")
                        .agentConnected(false)
                        .build());
    }

    void status(String instanceId, String status) {
        instances.computeIfPresent(
                arn(instanceId), (arn, i) -> i.toBuilder().status(status).build());
    }

    void attribute(String instanceId, String value) {
        instances.computeIfPresent(
                arn(instanceId),
                (arn, i) -> i.toBuilder()
                        .attributes(Attribute.builder()
                                .name("spillway.draining-since")
                                .value(value)
                                .build())
                        .build());
    }

    void run(String instanceId, String task) {
        run(instanceId, task, "family:" + task, task);
    }

    void run(String instanceId, String task, String group, String startedBy) {
        tasks.put(
                task,
                Task.builder()
                        .taskArn(task)
                        .taskDefinitionArn("arn:aws:ecs:us-east-1:012345678910:task-definition/"
                                + task.replaceAll("-[0-9]+$", "") + ":3")
                        .containerInstanceArn(arn(instanceId))
                        .desiredStatus("RUNNING")
                        .lastStatus("RUNNING")
                        .group(group)
                        .startedBy(startedBy)
                        .build());
    }

    /** It was placed a moment ago: ECS counts it, and does not list it yet. */
    void hides(String task) {
        notListed.add(task);
    }

    /** It is listed, and a description of it is answered with a failure. */
    void describesNot(String arn, String reason) {
        notDescribed.put(arn, reason);
    }

    void disconnected(String instanceId) {
        instances.computeIfPresent(
                arn(instanceId), (arn, i) -> i.toBuilder().agentConnected(false).build());
    }

    void service(String name, SchedulingStrategy strategy) {
        services.put(name, strategy);
    }

    void ends(String task) {
        tasks.computeIfPresent(
                task,
                (arn, t) -> t.toBuilder()
                        .desiredStatus("STOPPED")
                        .lastStatus("STOPPED")
                        .build());
    }

    /** What UpdateContainerInstancesState answers for every instance, in place of doing it. */
    void refusesToDrain(String reason) {
        drainAnswer = reason;
    }

    @Override
    public ListContainerInstancesResponse listContainerInstances(ListContainerInstancesRequest request) {
        log.reads("ListContainerInstances");
        var filter = FILTER.matcher(request.filter());
        if (!filter.matches()) {
            throw new IllegalArgumentException(request.filter());
        }
        Set<String> ids = Set.of(filter.group(1).split(", ", -1));
        return ListContainerInstancesResponse.builder()
                .containerInstanceArns(instances.values().stream()
                        .filter(i ->
                                ids.contains(i.ec2InstanceId()) && !i.status().equals("INACTIVE"))
                        .map(ContainerInstance::containerInstanceArn)
                        .toList())
                .build();
    }

    @Override
    public ListContainerInstancesIterable listContainerInstancesPaginator(ListContainerInstancesRequest request) {
        return new ListContainerInstancesIterable(this, request);
    }

    @Override
    public DescribeContainerInstancesResponse describeContainerInstances(DescribeContainerInstancesRequest request) {
        log.reads("DescribeContainerInstances");
        List<String> arns = request.containerInstances();
        return DescribeContainerInstancesResponse.builder()
                .containerInstances(arns.stream()
                        .filter(arn -> !notDescribed.containsKey(arn))
                        .map(instances::get)
                        .filter(Objects::nonNull)
                        .map(this::counted)
                        .toList())
                .failures(failures(arns, instances))
                .build();
    }

    /** What ECS leaves out of a description, it names. */
    private List<Failure> failures(List<String> arns, Map<String, ?> known) {
        return arns.stream()
                .filter(arn -> notDescribed.containsKey(arn) || !known.containsKey(arn))
                .map(arn -> Failure.builder()
                        .arn(arn)
                        .reason(notDescribed.getOrDefault(arn, "MISSING"))
                        .build())
                .toList();
    }

    @Override
    public UpdateContainerInstancesStateResponse updateContainerInstancesState(
            UpdateContainerInstancesStateRequest request) {
        String arn = request.containerInstances().getFirst();
        log.changes("drain " + arn);
        if (!drainAnswer.isEmpty()) {
            return UpdateContainerInstancesStateResponse.builder()
                    .failures(Failure.builder().arn(arn).reason(drainAnswer).build())
                    .build();
        }
        ContainerInstance drained = Objects.requireNonNull(instances.get(arn)).toBuilder()
                .status(request.status().toString())
                .build();
        instances.put(arn, drained);
        return UpdateContainerInstancesStateResponse.builder()
                .containerInstances(counted(drained))
                .build();
    }

    @Override
    public ListTasksResponse listTasks(ListTasksRequest request) {
        log.reads("ListTasks " + request.containerInstance());
        return ListTasksResponse.builder()
                .taskArns(tasks.values().stream()
                        .filter(t -> t.containerInstanceArn().equals(request.containerInstance()))
                        .filter(t -> t.desiredStatus().equals(request.desiredStatusAsString()))
                        .map(Task::taskArn)
                        .filter(arn -> !notListed.contains(arn))
                        .toList())
                .build();
    }

    @Override
    public ListTasksIterable listTasksPaginator(ListTasksRequest request) {
        return new ListTasksIterable(this, request);
    }

    @Override
    public DescribeTasksResponse describeTasks(DescribeTasksRequest request) {
        log.reads("DescribeTasks");
        return DescribeTasksResponse.builder()
                .tasks(request.tasks().stream()
                        .filter(arn -> !notDescribed.containsKey(arn))
                        .map(tasks::get)
                        .filter(Objects::nonNull)
                        .toList())
                .failures(failures(request.tasks(), tasks))
                .build();
    }

    @Override
    public DescribeServicesResponse describeServices(DescribeServicesRequest request) {
        log.reads("DescribeServices");
        List<Service> found = new ArrayList<>();
        for (String name : request.services()) {
            @Nullable SchedulingStrategy strategy = services.get(name);
            if (strategy != null) {
                found.add(Service.builder()
                        .serviceName(name)
                        .schedulingStrategy(strategy)
                        .build());
            }
        }
        return DescribeServicesResponse.builder().services(found).build();
    }

    @Override
    public PutAttributesResponse putAttributes(PutAttributesRequest request) {
        Attribute attribute = request.attributes().getFirst();
        log.changes("put " + attribute.name() + " of " + attribute.targetId() + " = " + attribute.value());
        attribute(attribute.targetId().substring("ci/".length()), attribute.value());
        return PutAttributesResponse.builder().build();
    }

    @Override
    public StopTaskResponse stopTask(StopTaskRequest request) {
        log.changes("stop " + request.task() + " " + request.reason());
        tasks.computeIfPresent(
                request.task(),
                (arn, t) -> t.toBuilder().desiredStatus("STOPPED").build());
        return StopTaskResponse.builder().build();
    }

    private ContainerInstance counted(ContainerInstance instance) {
        long running = tasks.values().stream()
                .filter(t -> t.containerInstanceArn().equals(instance.containerInstanceArn()))
                .filter(t -> t.desiredStatus().equals(DesiredStatus.RUNNING.toString()))
                .count();
        return instance.toBuilder()
                .runningTasksCount((int) running)
                .pendingTasksCount(0)
                .build();
    }

    private static String arn(String instanceId) {
        return "ci/" + instanceId;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
