package dev.spillway.local.cli;

import dev.spillway.local.system.RuntimeKind;
import dev.spillway.local.system.SystemOptions;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that starts a local system. */
final class SystemFlags {

    private static final int MAX_INSTANCES = 1_000;
    private static final int MAX_PORT = 65_535;

    // Picocli gives the spec of the command that mixes this in before it reads any option.
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    private int instances;
    private String capacityMode = "StepScaling";

    @Option(
            names = "--instance-type",
            paramLabel = "TYPE",
            defaultValue = "m5.large",
            description =
                    "EC2 instance type of all of them (default: ${DEFAULT-VALUE}: 2,048 CPU units, about 7,600 MiB).")
    private String instanceType = "";

    @Option(
            names = "--runtime",
            paramLabel = "KIND",
            defaultValue = "process",
            description = {
                "What containers run as (default: ${DEFAULT-VALUE}).",
                "process: processes of this machine, without isolation. Run only what you trust.",
                "docker: containers; needs a Docker engine.",
                "simulated: nothing runs, only time passes."
            })
    private RuntimeKind runtime = RuntimeKind.PROCESS;

    @Option(
            names = "--ec2-capacity-mode",
            paramLabel = "MODE",
            defaultValue = "StepScaling",
            description =
                    "Who scales the instances: StepScaling for Spillway, ManagedScaling for ECS's capacity providers"
                            + " (default: ${DEFAULT-VALUE}).")
    void setCapacityMode(String value) {
        if (!List.of("StepScaling", "ManagedScaling").contains(value)) {
            throw wrong("--ec2-capacity-mode must be StepScaling or ManagedScaling, and not " + value);
        }
        capacityMode = value;
    }

    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "2",
            description = "EC2 container instances of the simulated cluster (default: ${DEFAULT-VALUE})."
                    + " When they are full, tasks spill over to Fargate.")
    void setInstances(int value) {
        if (value < 0 || value > MAX_INSTANCES) {
            throw wrong("--instances must be 0 to 1,000, and not " + value);
        }
        instances = value;
    }

    /** The system that these options and the ports describe. */
    SystemOptions options(int interruptions, int sqsPort, int dynamoDbPort, Path runDirectory, Path projectDirectory) {
        SystemOptions options = new SystemOptions(
                instances, instanceType, runtime, interruptions, sqsPort, dynamoDbPort, runDirectory, projectDirectory);
        return capacityMode.equals("StepScaling") ? options : options.withParameter("Ec2CapacityMode", capacityMode);
    }

    /** The port, if it is one. */
    int port(String option, int value) {
        if (value < 0 || value > MAX_PORT) {
            throw wrong(option + " must be 0 (any free port) to 65535, and not " + value);
        }
        return value;
    }

    /** Refuses one port for two servers: the second would be told that another program holds it. */
    void mustDiffer(String option, int port, String otherOption, int otherPort) {
        if (port != 0 && port == otherPort) {
            throw wrong(option + " and " + otherOption + " must differ, and both are " + port);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
