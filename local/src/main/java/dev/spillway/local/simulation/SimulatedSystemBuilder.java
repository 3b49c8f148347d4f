package dev.spillway.local.simulation;

import dev.spillway.local.ecs.EventDisturbance.Faults;
import dev.spillway.local.ecs.InstanceTypes;
import dev.spillway.local.ecs.StartupTimes;
import dev.spillway.local.lambda.LambdaFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/** What world the system is to be simulated in. Without a word about it: Fargate has room, and nothing goes wrong. */
public final class SimulatedSystemBuilder {

    final Path template;
    final List<Instances> instances = new ArrayList<>();
    final List<RegisterTaskDefinitionRequest> taskDefinitions = new ArrayList<>();
    final Map<String, LambdaFunction> functions = new LinkedHashMap<>();
    final Map<String, String> parameters = new LinkedHashMap<>();
    long seed = 1;
    boolean fargateAvailable = true;
    Faults faults = new Faults(0, 0, Duration.ZERO);
    StartupTimes startupTimes = StartupTimes.NONE;
    Duration invocationTime = Duration.ofMillis(200);
    Duration defaultDuration = Duration.ofMinutes(1);

    /** Instances of one kind. */
    record Instances(int count, String type, String capacity) {}

    SimulatedSystemBuilder(Path template) {
        this.template = template;
        // As a person would answer sam deploy.
        parameters.put("Subnets", "subnet-simulated");
        parameters.put("SecondSpotInstanceType", "");
        parameters.put("ThirdSpotInstanceType", "");
        // The cluster has the instances that the world is given, unless groups are asked for.
        groups(0, 0);
    }

    /** The one source of chance: the same seed and the same calls give the same history. */
    public SimulatedSystemBuilder seed(long value) {
        seed = value;
        return this;
    }

    /** Spot Instances that are there from the beginning. */
    public SimulatedSystemBuilder spot(int count, String instanceType) {
        return instances(count, instanceType, SimulatedSystem.SPOT);
    }

    /** On-demand instances that are there from the beginning. */
    public SimulatedSystemBuilder onDemand(int count, String instanceType) {
        return instances(count, instanceType, SimulatedSystem.ON_DEMAND);
    }

    private SimulatedSystemBuilder instances(int count, String instanceType, String capacity) {
        instances.add(new Instances(count, InstanceTypes.named(instanceType).name(), capacity));
        return this;
    }

    /**
     * Lets the template's Auto Scaling groups launch instances.
     *
     * @param spot the most of the Spot group
     * @param onDemand the most of the on-demand group
     */
    public SimulatedSystemBuilder groups(int spot, int onDemand) {
        return parameter("SpotMaxSize", Integer.toString(spot))
                .parameter("OnDemandMaxSize", Integer.toString(onDemand));
    }

    /** ECS scales and drains the groups, by their capacity providers. */
    public SimulatedSystemBuilder managedScaling() {
        return parameter("Ec2CapacityMode", "ManagedScaling");
    }

    /** Fargate and Fargate Spot refuse every launch. */
    public SimulatedSystemBuilder withoutFargate() {
        fargateAvailable = false;
        return this;
    }

    /** A task definition that messages may name. */
    public SimulatedSystemBuilder taskDefinition(RegisterTaskDefinitionRequest definition) {
        taskDefinitions.add(definition);
        return this;
    }

    /** A Lambda function that messages may name. */
    public SimulatedSystemBuilder function(LambdaFunction function) {
        functions.put(function.functionName(), function);
        return this;
    }

    /** A parameter of the template. */
    public SimulatedSystemBuilder parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    /**
     * What happens to events. The results of functions are doubled and delayed like all others, but never lost: Lambda
     * has no call that tells the result of an asynchronous invocation later, so nothing could make up for it.
     */
    public SimulatedSystemBuilder eventFaults(Faults value) {
        faults = value;
        return this;
    }

    public SimulatedSystemBuilder startupTimes(StartupTimes value) {
        startupTimes = value;
        return this;
    }

    /** How long one invocation for a batch of messages takes. */
    public SimulatedSystemBuilder invocationTime(Duration value) {
        invocationTime = value;
        return this;
    }

    /** How long a task or a function runs whose environment has no {@code SIMULATED_SECONDS}. */
    public SimulatedSystemBuilder defaultDuration(Duration value) {
        defaultDuration = value;
        return this;
    }

    /** The system, with nothing sent to it yet. */
    public SimulatedSystem start() {
        return new SimulatedSystem(this);
    }
}
