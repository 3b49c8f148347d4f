package dev.spillway.driver.launch;

import dev.spillway.common.aws.AwsFailure;
import dev.spillway.common.aws.AwsFailures;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/** Launches on ECS with RunTask. */
public final class EcsLauncher {

    private final EcsClient ecs;
    private final RunTaskRequests requests;

    public EcsLauncher(EcsClient ecs, String cluster, TaskNetwork network, InstanceProviders providers) {
        this.ecs = ecs;
        this.requests = new RunTaskRequests(cluster, network, providers);
    }

    /** See {@link Launcher#launch}. */
    public LaunchAnswer launch(Launch.OnEcs launch) {
        try {
            return read(ecs.runTask(requests.of(launch)));
        } catch (ConflictException conflict) {
            return read(conflict);
        } catch (SdkException failure) {
            return switch (AwsFailures.classify(failure)) {
                case AwsFailure.NoCapacity full -> new LaunchAnswer.NoRoom(List.of(full.words()), List.of());
                case AwsFailure.Retryable later -> new LaunchAnswer.Unanswered(later.words());
                case AwsFailure.Permanent never -> new LaunchAnswer.Impossible(never.words());
            };
        }
    }

    /** Writes the request of a launch and does not send it: what that takes is loaded then. */
    public RunTaskRequest rehearse(Launch.OnEcs launch) {
        return requests.of(launch);
    }

    private static LaunchAnswer read(RunTaskResponse response) {
        if (response.hasTasks() && !response.tasks().isEmpty()) {
            Task task = response.tasks().getFirst();
            return new LaunchAnswer.Placed(task.taskArn(), task.containerInstanceArn());
        }
        List<Failure> failures = response.failures();
        if (failures.isEmpty()) {
            return new LaunchAnswer.Unanswered("RunTask answered with neither a task nor a failure");
        }
        return new LaunchAnswer.NoRoom(
                failures.stream().map(EcsLauncher::reason).toList(),
                failures.stream().map(Failure::arn).filter(Objects::nonNull).toList());
    }

    private static String reason(Failure failure) {
        String reason = failure.reason() == null ? "no reason given" : failure.reason();
        return failure.detail() == null ? reason : reason + " (" + failure.detail() + ")";
    }

    /**
     * The token was used with other parameters, as when the deployment's subnets changed between a crash and the second
     * try: the task of the first try is the task.
     */
    private static LaunchAnswer read(ConflictException conflict) {
        return conflict.hasResourceIds() && !conflict.resourceIds().isEmpty()
                ? new LaunchAnswer.Placed(conflict.resourceIds().getFirst(), null)
                : new LaunchAnswer.Unanswered(String.valueOf(conflict.getMessage()));
    }
}
