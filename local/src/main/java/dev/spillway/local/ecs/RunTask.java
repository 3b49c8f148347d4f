package dev.spillway.local.ecs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;

/** The operation RunTask: replay, check, place each task, answer. */
final class RunTask {

    private final EcsWorld world;
    private final TaskLifecycle lifecycle;

    RunTask(EcsWorld world, TaskLifecycle lifecycle) {
        this.world = world;
        this.lifecycle = lifecycle;
    }

    RunTaskResponse run(RunTaskRequest request) {
        return world.lock.holding(() -> {
            ClusterState cluster = world.cluster(request.cluster());
            String token = request.clientToken();
            if (token == null) {
                return launch(request, cluster, new ArrayList<>());
            }
            ClientTokens.check(token);
            Optional<RunTaskResponse> before = cluster.tokens().replay(token, request, world.now());
            if (before.isPresent()) {
                return before.get();
            }
            List<SimTask> tasks = new ArrayList<>();
            RunTaskResponse response = launch(request, cluster, tasks);
            cluster.tokens().remember(token, request, response, tasks, world.now());
            return response;
        });
    }

    private RunTaskResponse launch(RunTaskRequest request, ClusterState cluster, List<SimTask> started) {
        Launch launch = RunTaskRules.check(request, world.definitions, world.capacityProviders.keySet());
        // The words are those of reports (dask/dask-cloudprovider#328).
        if (!request.capacityProviderStrategy().stream()
                .allMatch(item -> cluster.hasCapacityProvider(item.capacityProvider()))) {
            throw EcsErrors.invalidParameter(
                    "The specified capacity provider strategy cannot contain a capacity provider that"
                            + " is not associated with the cluster. Associate the capacity provider with the cluster or"
                            + " specify a valid capacity provider and try again.");
        }
        List<Failure> failures =
                launch.isFargate() ? onFargate(launch, cluster, started) : onEc2(launch, cluster, started);
        return RunTaskResponse.builder()
                .tasks(started.stream().map(SimTask::describe).toList())
                .failures(failures)
                .build();
    }

    private List<Failure> onEc2(Launch launch, ClusterState cluster, List<SimTask> started) {
        String provider = launch.destinations().getFirst().capacityProvider();
        if (provider == null && Ec2Placement.candidates(cluster, null).isEmpty()) {
            throw EcsErrors.invalidParameter("No Container Instances were found in your cluster.");
        }
        Placement.Request wanted = Ec2Placement.wanted(launch);
        for (Launch.Destination destination : launch.destinations()) {
            Placement.Result result =
                    Ec2Placement.place(wanted, Ec2Placement.candidates(cluster, destination.capacityProvider()), world);
            switch (result) {
                case Placement.Result.Placed place ->
                    started.add(start(
                            launch,
                            destination,
                            cluster,
                            cluster.instance(place.instance().arn()).orElseThrow()));
                case Placement.Result.Refused refused -> {
                    if (destination.capacityProvider() == null) {
                        // The next task of the same call is the same size: it would be refused for the same reasons.
                        return failures(refused);
                    }
                    if (cluster.provisioning().size() >= Provisioning.MAX_TASKS) {
                        return quotaReached(started);
                    }
                    started.add(start(launch, destination, cluster, null));
                }
            }
        }
        return List.of();
    }

    private static List<Failure> failures(Placement.Result.Refused refused) {
        return refused.refusals().stream()
                .map(refusal -> Failure.builder()
                        .arn(refusal.instanceArn())
                        .reason(refusal.reason())
                        .build())
                .toList();
    }

    /** What ECS answers when only some tasks of a call are beyond the quota is not documented; those that run are told. */
    private static List<Failure> quotaReached(List<SimTask> started) {
        if (started.isEmpty()) {
            throw EcsErrors.client(Provisioning.QUOTA_REACHED);
        }
        return List.of(Failure.builder().reason(Provisioning.QUOTA_REACHED).build());
    }

    private List<Failure> onFargate(Launch launch, ClusterState cluster, List<SimTask> started) {
        int cpu = launch.sizes().cpu();
        List<Failure> failures = new ArrayList<>();
        for (Launch.Destination destination : launch.destinations()) {
            Launch.Target target = destination.target();
            int quota = 1024
                    * (target == Launch.Target.FARGATE_SPOT
                            ? world.settings.fargateQuota().spotVcpus()
                            : world.settings.fargateQuota().onDemandVcpus());
            if (world.fargateUnavailable.contains(target)) {
                failures.add(
                        refusedByFargate(
                                "Capacity is unavailable at this time. Please try again later or in a different availability zone"));
            } else if (world.fargateCpuInUse.getOrDefault(target, 0) + cpu > quota) {
                failures.add(
                        refusedByFargate("You’ve reached the limit on the number of vCPUs you can run concurrently"));
            } else {
                started.add(start(launch, destination, cluster, null));
            }
        }
        return failures;
    }

    private static Failure refusedByFargate(String reason) {
        return Failure.builder().reason(reason).build();
    }

    private SimTask start(
            Launch launch, Launch.Destination destination, ClusterState cluster, @Nullable SimInstance instance) {
        SimTask task = new SimTask(
                world.nextSequence(),
                world.ids.resource(),
                cluster,
                launch,
                destination,
                instance,
                world.settings,
                world.ids,
                world.now());
        cluster.add(task);
        if (task.isFargate()) {
            world.fargateCpuInUse.merge(destination.target(), task.needs.cpu(), Integer::sum);
        } else if (instance != null) {
            instance.take(task);
            world.publish(instance, cluster);
        } else {
            lifecycle.awaitCapacity(task);
            return task;
        }
        lifecycle.placed(task);
        return task;
    }
}
