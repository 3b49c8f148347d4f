package dev.spillway.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import dev.spillway.common.function.FunctionRuntime;
import dev.spillway.common.store.DynamoDbTaskStore;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.driver.DriverAdapters;
import dev.spillway.driver.DriverHandler;
import dev.spillway.local.functions.FunctionHost;
import dev.spillway.local.metrics.PublishedMetrics;
import dev.spillway.local.template.FunctionResource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** A message is sent to the queue; the driver of template.yaml takes it; the record says what became of it. */
abstract class EndToEndContract extends StackContract {

    private static final TaskId TASK = new TaskId("nightly-report_7");

    EndToEndContract(AwsServer server) {
        super(server);
    }

    @Test
    void aTaskIsPlacedOnAContainerInstance() throws Exception {
        stack.define(256, 512);
        String instance = server.addInstances(stack.cluster(), 1, "spot").getFirst();

        TaskRecord record = afterSending("{\"taskId\":\"%s\",\"taskDefinition\":\"%s\"}".formatted(TASK, stack.name()));

        assertThat(record.status()).as(record.reason()).isEqualTo(TaskStatus.PLACED);
        assertThat(record.capacityType()).isEqualTo(CapacityType.EC2);
        assertThat(record.containerInstanceArn()).isEqualTo(instance);
        assertThat(DriverAdapters.startedBy(stack.ecs(), stack.cluster(), TASK)).containsExactly(record.taskArn());
    }

    @Test
    void aTaskSpillsOverToFargateWhereTheInstancesHaveNoRoom() throws Exception {
        stack.defineForFargate();
        stack.cluster();

        TaskRecord record = afterSending("{\"taskId\":\"%s\",\"taskDefinition\":\"%s\"}".formatted(TASK, stack.name()));

        assertThat(record.status()).as(record.reason()).isEqualTo(TaskStatus.PLACED);
        assertThat(record.capacityType()).isEqualTo(CapacityType.FARGATE);
        assertThat(record.launch()).isEqualTo(2);
    }

    @Test
    void aFunctionIsInvoked() throws Exception {
        String function = stack.function();

        TaskRecord record = afterSending(
                "{\"taskId\":\"%s\",\"function\":\"%s\",\"payload\":{\"pages\":3}}".formatted(TASK, function));

        assertThat(record.status()).as(record.reason()).isEqualTo(TaskStatus.PLACED);
        assertThat(record.capacityType()).isEqualTo(CapacityType.LAMBDA);
    }

    @Test
    void aMessageThatCannotBeAcceptedIsRecordedAndBecomesADeadLetter() throws Exception {
        String body = "{\"taskId\":\"%s\",\"taskDefinition\":\"x\",\"taskRoleArn\":\"y\"}".formatted(TASK);

        TaskRecord record = afterSending(body);

        assertThat(record.status()).isEqualTo(TaskStatus.REJECTED);
        assertThat(record.reason()).contains("taskRoleArn");
        Message letter = stack.queue("DeadLetterQueue").receive();
        assertThat(letter.body()).isEqualTo(body);
        assertThat(letter.messageAttributes())
                .extractingByKey("reason")
                .returns(record.reason(), MessageAttributeValue::stringValue);
    }

    /** The task's record once the driver has dealt with the message. */
    private TaskRecord afterSending(String body) throws Exception {
        String table = stack.table();
        FunctionHost driver = driver();
        try (EventSource source =
                EventSource.of(stack, server, "TaskQueue", event -> driver.invoke(event, SQSBatchResponse.class))) {
            source.awaitDeletion(source.queue().send(body));
        }
        DynamoDbClient dynamoDb = server.clients().client(DynamoDbClient.class, DynamoDbClient::builder);
        return new DynamoDbTaskStore(dynamoDb, table).find(TASK).orElseThrow();
    }

    private FunctionHost driver() {
        FunctionResource resource = stack
                .template(Map.of(
                        "ClusterName",
                        stack.name(),
                        "Subnets",
                        String.join(",", server.network().subnets()),
                        "SecurityGroups",
                        String.join(",", server.network().securityGroups())))
                .functions()
                .stream()
                .filter(function -> function.handler().equals(DriverHandler.class.getName()))
                .findFirst()
                .orElseThrow()
                .withoutSnapStart();
        return FunctionHost.start(
                resource,
                FunctionRuntime.onThisMachine(resource.environment(), server.clients(), new PublishedMetrics()));
    }
}
