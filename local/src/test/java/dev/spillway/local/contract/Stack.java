package dev.spillway.local.contract;

import dev.spillway.local.dynamodb.Tables;
import dev.spillway.local.sqs.Queues;
import dev.spillway.local.template.Deployment;
import dev.spillway.local.template.Resource;
import dev.spillway.local.template.TableResource;
import dev.spillway.local.template.Template;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A deployment of template.yaml on a server, for one case: under names of its own, each resource made when it is first
 * asked for, all of them deleted in the end.
 */
final class Stack implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Stack.class);

    /** Maven runs tests in the directory of their module. */
    private static final Path TEMPLATE = Path.of("..", "template.yaml");

    private static final Random NAMES = new Random();

    private final AwsServer server;
    private final String name;
    private final Deque<Runnable> deletions = new ArrayDeque<>();

    private @Nullable Map<String, String> queueUrls;
    private boolean hasTable;
    private boolean hasCluster;

    Stack(AwsServer server) {
        this.server = server;
        // A server may outlive the run, and hold what another one left behind.
        this.name = "spillway-contract-" + HexFormat.of().toHexDigits(NAMES.nextLong());
    }

    /** The stack's name, which is also that of its cluster. */
    String name() {
        return name;
    }

    /** The template, with the names of this stack. */
    Template template(Map<String, String> parameters) {
        // Queue ARNs and URLs come from the server; only a resource with neither would need the account.
        Map<String, String> given = new HashMap<>(parameters);
        given.putIfAbsent("Subnets", "subnet-1");
        Deployment deployment = new Deployment(name, server.region(), "000000000000", given);
        return Template.read(TEMPLATE, deployment, server.values());
    }

    Template template() {
        return template(Map.of("ClusterName", name));
    }

    /** The table of the records. */
    String table() {
        TableResource table = template().tables().getFirst();
        if (!hasTable) {
            DynamoDbClient dynamoDb = server.clients().client(DynamoDbClient.class, DynamoDbClient::builder);
            Tables.create(dynamoDb, table);
            hasTable = true;
            deletions.push(() -> dynamoDb.deleteTable(delete -> delete.tableName(table.name())));
        }
        return table.name();
    }

    /**
     * A queue with all of its redrive policy.
     *
     * @param logicalId its name in the template
     */
    Queue queue(String logicalId) {
        SqsClient sqs = server.clients().client(SqsClient.class, SqsClient::builder);
        if (queueUrls == null) {
            Map<String, String> urls = Queues.create(sqs, template().queues());
            queueUrls = urls;
            urls.values().forEach(url -> deletions.push(() -> sqs.deleteQueue(delete -> delete.queueUrl(url))));
        }
        return new Queue(sqs, Objects.requireNonNull(queueUrls.get(logicalId), logicalId));
    }

    /** The cluster. */
    String cluster() {
        if (!hasCluster) {
            server.createCluster(name);
            hasCluster = true;
            deletions.push(() -> server.deleteCluster(name));
        }
        return name;
    }

    /** The ARN that a task of the cluster has, or would have. */
    String taskArn(int number) {
        Resource cluster = new Resource("Cluster", "AWS::ECS::Cluster", name);
        String arn = server.values().attribute(cluster, "Arn").orElseThrow();
        return arn.replace(":cluster/", ":task/") + "/%032x".formatted(number);
    }

    /**
     * Registers the next revision of a task definition that the template allows, for tasks on container instances.
     *
     * @return its ARN
     */
    String define(int cpu, int memory) {
        return define(RegisterTaskDefinitionRequest.builder()
                .family(name)
                .networkMode(NetworkMode.BRIDGE)
                .containerDefinitions(container(cpu, memory))
                .build());
    }

    /** The same for tasks on either, of 256 CPU units and 512 MiB. */
    String defineForFargate() {
        return define(RegisterTaskDefinitionRequest.builder()
                .family(name)
                .networkMode(NetworkMode.AWSVPC)
                .requiresCompatibilitiesWithStrings("EC2", "FARGATE")
                .cpu("256")
                .memory("512")
                .containerDefinitions(container(256, 512))
                .build());
    }

    /** A function that the template allows. */
    String function() {
        server.createFunction(name);
        deletions.push(() -> server.deleteFunction(name));
        return name;
    }

    EcsClient ecs() {
        return server.clients().client(EcsClient.class, EcsClient::builder);
    }

    @Override
    public void close() {
        while (!deletions.isEmpty()) {
            try {
                deletions.pop().run();
            } catch (SdkException leftBehind) {
                // The case has its result; what is left is named, so that a person can delete it.
                LOG.warn("something of {} is left behind: {}", name, leftBehind.getMessage());
            }
        }
    }

    private String define(RegisterTaskDefinitionRequest request) {
        String arn = ecs().registerTaskDefinition(request).taskDefinition().taskDefinitionArn();
        deletions.push(() -> server.deleteTaskDefinition(arn));
        return arn;
    }

    private static ContainerDefinition container(int cpu, int memory) {
        return ContainerDefinition.builder()
                .name("main")
                .image("busybox")
                .essential(true)
                .cpu(cpu)
                .memory(memory)
                .build();
    }
}
