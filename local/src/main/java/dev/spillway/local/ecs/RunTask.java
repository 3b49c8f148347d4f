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
        return world.locked(() -> {
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
        Launch launch = RunTaskRules.check(request, world.definitions);
        // The words are those of reports (dask/dask-cloudprovider#328).
        if (!request.capacityProviderStrategy().stream()
                .allMatch(item -> cluster.hasCapacityProvider(item.capacityProvider()))) {
            throw EcsErrors.invalidParameter(
                    "The specified capacity provider strategy contains a capacity provider that"
                            + " is not associated with the cluster. Associate the capacity provider with the cluster and try"
                            + " again.");
        }
        List<Failure> failures =
                launch.target().isFargate() ? onFargate(launch, cluster, started) : onEc2(launch, cluster, started);
        return RunTaskResponse.builder()
                .tasks(started.stream().map(SimTask::describe).toList())
                .failures(failures)
                .build();
    }

    private List<Failure> onEc2(Launch launch, ClusterState cluster, List<SimTask> started) {
        List<SimInstance> active = cluster.instances().stream()
                .filter(instance -> instance.status() == SimInstance.Status.ACTIVE)
                .toList();
        if (active.isEmpty()) {
            throw EcsErrors.invalidParameter("No Container Instances were found in your cluster.");
        }
        Placement.Request wanted = new Placement.Request(
                launch.sizes().needs(), launch.group(), launch.constraints(), launch.strategies());
        for (int i = 0; i < launch.count(); i++) {
            Placement.Result result =
                    Placement.place(wanted, active.stream().map(SimInstance::view)::iterator, world.random);
            switch (result) {
                case Placement.Result.Placed place ->
                    started.add(start(
                            launch,
                            cluster,
                            cluster.instance(place.instance().arn()).orElseThrow()));
                // The next task of the same call is the same size: it would be refused for the same reasons.
                case Placement.Result.Refused refused -> {
                    return refused.refusals().stream()
                            .map(refusal -> Failure.builder()
                                    .arn(refusal.instanceArn())
                                    .reason(refusal.reason())
                                    .build())
                            .toList();
                }
            }
        }
        return List.of();
    }

    private List<Failure> onFargate(Launch launch, ClusterState cluster, List<SimTask> started) {
        int cpu = launch.sizes().cpu();
        int quota = 1024
                * (launch.target() == Launch.Target.FARGATE_SPOT
                        ? world.settings.fargateQuota().spotVcpus()
                        : world.settings.fargateQuota().onDemandVcpus());
        List<Failure> failures = new ArrayList<>();
        for (int i = 0; i < launch.count(); i++) {
            if (world.fargateUnavailable.contains(launch.target())) {
                failures.add(
                        refusedByFargate(
                                "Capacity is unavailable at this time. Please try again later or in a different availability zone"));
            } else if (world.fargateCpuInUse.getOrDefault(launch.target(), 0) + cpu > quota) {
                failures.add(
                        refusedByFargate("You’ve reached the limit on the number of vCPUs you can run concurrently"));
            } else {
                started.add(start(launch, cluster, null));
            }
        }
        return failures;
    }

    private static Failure refusedByFargate(String reason) {
        return Failure.builder().reason(reason).build();
    }

    private SimTask start(Launch launch, ClusterState cluster, @Nullable SimInstance instance) {
        SimTask task = new SimTask(
                world.nextSequence(),
                world.ids.resource(),
                cluster,
                launch,
                instance,
                world.settings,
                world.ids,
                world.now());
        cluster.add(task);
        if (instance == null) {
            world.fargateCpuInUse.merge(launch.target(), task.needs.cpu(), Integer::sum);
        } else {
            instance.take(task);
            world.publish(instance, cluster);
        }
        lifecycle.placed(task);
        return task;
    }
}
