package dev.spillway.local.cli.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.common.aws.AwsClients;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;

class StackOutputsTest {

    private static final Target.Stack STACK = new Target.Stack("prod", "eu-west-1");

    @Test
    void namesTheTableAndTheQueueOfAStack() {
        AwsClients aws = answering(Map.of("TaskTableName", "prod-tasks", "TaskQueueUrl", "https://q", "Other", "x"));

        assertThat(StackOutputs.read(STACK, aws)).isEqualTo(new Target.Parts("prod-tasks", "https://q", "eu-west-1"));
    }

    @Test
    void saysWhenAStackIsSomethingElse() {
        assertThatThrownBy(() -> StackOutputs.read(STACK, answering(Map.of("Bucket", "b"))))
                .isInstanceOf(UnreachableException.class)
                .hasMessageStartingWith("The stack prod is not Spillway's");
    }

    private static AwsClients answering(Map<String, String> outputs) {
        CloudFormationClient client = new CloudFormationClient() {
            @Override
            public DescribeStacksResponse describeStacks(DescribeStacksRequest request) {
                assertThat(request.stackName()).isEqualTo("prod");
                return DescribeStacksResponse.builder()
                        .stacks(Stack.builder()
                                .outputs(outputs.entrySet().stream()
                                        .map(output -> Output.builder()
                                                .outputKey(output.getKey())
                                                .outputValue(output.getValue())
                                                .build())
                                        .toList())
                                .build())
                        .build();
            }

            @Override
            public String serviceName() {
                return SERVICE_NAME;
            }

            @Override
            public void close() {}
        };
        return new AwsClients() {
            @Override
            public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
                    Class<C> type, Supplier<B> builder) {
                return type.cast(client);
            }
        };
    }
}
