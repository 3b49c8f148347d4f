package dev.spillway.local.cli.deployment;

import dev.spillway.common.aws.AwsClients;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;

/** Reads the names of a deployment's parts from the outputs that template.yaml gives its stack. */
final class StackOutputs {

    private StackOutputs() {}

    /**
     * The parts of the stack.
     *
     * @throws UnreachableException if the stack is none of Spillway's
     */
    static Target.Parts read(Target.Stack stack, AwsClients aws) {
        CloudFormationClient cloudFormation = aws.client(CloudFormationClient.class, CloudFormationClient::builder);
        Map<String, String> outputs = cloudFormation.describeStacks(r -> r.stackName(stack.name())).stacks().stream()
                .flatMap(found -> found.outputs().stream())
                .collect(Collectors.toMap(Output::outputKey, Output::outputValue, (first, second) -> first));
        String table = outputs.get("TaskTableName");
        String queueUrl = outputs.get("TaskQueueUrl");
        if (table == null || queueUrl == null) {
            throw new UnreachableException("The stack " + stack.name()
                    + " is not Spillway's: it has no outputs TaskTableName and TaskQueueUrl.");
        }
        return new Target.Parts(table, queueUrl, stack.region());
    }
}
