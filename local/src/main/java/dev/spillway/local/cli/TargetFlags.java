package dev.spillway.local.cli;

import dev.spillway.common.task.TaskId;
import dev.spillway.local.cli.deployment.Deployment;
import dev.spillway.local.cli.deployment.Deployments;
import dev.spillway.local.cli.deployment.Target;
import dev.spillway.local.cli.deployment.UnreachableException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;

/** The options of every command that talks to a Spillway that is up; without any, the one of this repository. */
final class TargetFlags {

    // Picocli gives the spec of the command that mixes this in before it reads any option.
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--stack",
            paramLabel = "NAME",
            description = "A deployed Spillway, by its CloudFormation stack. Without this and --table:"
                    + " the one that ./spillway up has started here.")
    private @Nullable String stack;

    @Option(
            names = "--table",
            paramLabel = "NAME",
            description = "A deployed Spillway, by its table; to cancel needs --queue-url, too.")
    private @Nullable String table;

    @Option(names = "--queue-url", paramLabel = "URL", description = "The queue that goes with --table.")
    private @Nullable String queueUrl;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "AWS Region of --stack or --table (default: as for the AWS CLI).")
    private @Nullable String region;

    /** What a command does with a Spillway, and the exit code. */
    @FunctionalInterface
    interface Action {
        int on(Deployment deployment) throws IOException;
    }

    /** Opens the Spillway that the options mean, and closes it after the action. */
    int use(Deployments deployments, Action action) throws IOException {
        Target target = target();
        try (Deployment deployment = deployments.open(target)) {
            return action.on(deployment);
        } catch (SdkException failure) {
            throw UnreachableException.because(failure, target);
        }
    }

    /** The task id, if it can be one. */
    TaskId taskId(String text) {
        if (!TaskId.isValid(text)) {
            throw wrong("TASK_ID must be " + TaskId.FORM);
        }
        return new TaskId(text);
    }

    private Target target() {
        if (stack != null && (table != null || queueUrl != null)) {
            throw wrong("--stack already names the table and the queue: give it alone");
        }
        if (stack == null && table == null && (queueUrl != null || region != null)) {
            throw wrong((queueUrl != null ? "--queue-url" : "--region") + " needs --table"
                    + (queueUrl != null ? "" : " or --stack"));
        }
        if (stack != null) {
            return new Target.Stack(stack, region);
        }
        return table == null ? new Target.Here() : new Target.Parts(table, queueUrl, region);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
