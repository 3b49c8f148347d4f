package dev.spillway.local.contract;

import dev.spillway.common.aws.AwsClients;
import dev.spillway.common.aws.SdkClients;
import dev.spillway.driver.launch.TaskNetwork;
import dev.spillway.local.sqs.PollingClient;
import dev.spillway.local.template.ResourceValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.opentest4j.TestAbortedException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Resource;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A server at an endpoint. What it needs before a case is asked for in the way that AWS has for it, and made up where
 * the server does not know that way: one that has no EC2 cannot tell an instance id from another.
 */
final class RemoteServer implements AwsServer {

    private static final String EC2_VERSION = "2016-11-15";
    private static final String IAM_VERSION = "2010-05-08";

    private final URI endpoint;
    private final String region;
    private final RefusalWatch http = new RefusalWatch(SdkClients.httpClient());

    /** Whether it has EC2 and IAM is no part of the contract, so what they answer is not watched. */
    private final SdkHttpClient unwatched = SdkClients.httpClient();

    private final QueryProtocol query;
    private final AwsClients clients;
    private final ResourceValues values;
    private final Map<String, Optional<String>> missing = new HashMap<>();
    private final Map<String, List<String>> ec2Instances = new HashMap<>();

    RemoteServer(URI endpoint, String region) {
        this.endpoint = endpoint;
        this.region = region;
        this.query = new QueryProtocol(unwatched, endpoint, region);
        this.clients = SdkClients.at(endpoint, Region.of(region), http);
        this.values = new ProbedResourceValues(region, this::probe);
    }

    @Override
    public String region() {
        return region;
    }

    @Override
    public AwsClients clients() {
        return clients;
    }

    @Override
    public SdkHttpClient http() {
        return http;
    }

    @Override
    public DynamoDbClient dynamoDb(SdkHttpClient through) {
        return SdkClients.at(endpoint, Region.of(region), through)
                .client(DynamoDbClient.class, DynamoDbClient::builder);
    }

    @Override
    public SqsClient pollingSqs() {
        return PollingClient.at(endpoint, Region.of(region), 8);
    }

    @Override
    public ResourceValues values() {
        return values;
    }

    @Override
    public TaskNetwork network() {
        String subnet = query.call("ec2", EC2_VERSION, "DescribeSubnets", Map.of())
                .text("subnetId")
                .orElse("subnet-0123456789abcdef0");
        String group = query.call("ec2", EC2_VERSION, "DescribeSecurityGroups", Map.of())
                .text("groupId")
                .orElse("sg-0123456789abcdef0");
        return new TaskNetwork(List.of(subnet), List.of(group), "DISABLED");
    }

    @Override
    public void createCluster(String name) {
        ecs().createCluster(create -> create.clusterName(name).capacityProviders("FARGATE", "FARGATE_SPOT"));
    }

    @Override
    public List<String> addInstances(String cluster, int count, String capacity) {
        List<String> ec2 = startInstances(count);
        ec2Instances.merge(
                cluster,
                ec2,
                (before, more) -> Stream.concat(before.stream(), more.stream()).toList());
        try {
            return ec2.stream().map(id -> register(cluster, id, capacity)).toList();
        } catch (EcsException refused) {
            throw new TestAbortedException("no container instance can be registered: " + refused.getMessage(), refused);
        }
    }

    @Override
    public void createFunction(String name) {
        try {
            lambda().createFunction(create -> create.functionName(name)
                    .runtime(Runtime.PYTHON3_13)
                    .handler("index.handler")
                    .role(role(name))
                    .code(code -> code.zipFile(SdkBytes.fromByteArray(emptyFunction()))));
            lambda().waiter().waitUntilFunctionActiveV2(get -> get.functionName(name));
        } catch (SdkException refused) {
            throw new TestAbortedException("no function can be made: " + refused.getMessage(), refused);
        }
    }

    @Override
    public void deleteCluster(String name) {
        EcsClient ecs = ecs();
        ecs.listTasks(list -> list.cluster(name))
                .taskArns()
                .forEach(task -> ecs.stopTask(stop -> stop.cluster(name).task(task)));
        ecs.listContainerInstancesPaginator(list -> list.cluster(name)).containerInstanceArns().stream()
                .toList()
                .forEach(instance -> ecs.deregisterContainerInstance(deregister ->
                        deregister.cluster(name).containerInstance(instance).force(true)));
        ecs.deleteCluster(delete -> delete.cluster(name));
        List<String> started = ec2Instances.getOrDefault(name, List.of());
        if (!started.isEmpty()) {
            query.call("ec2", EC2_VERSION, "TerminateInstances", numbered("InstanceId", started));
        }
    }

    @Override
    public void deleteTaskDefinition(String arn) {
        ecs().deregisterTaskDefinition(deregister -> deregister.taskDefinition(arn));
    }

    @Override
    public void deleteFunction(String name) {
        lambda().deleteFunction(delete -> delete.functionName(name));
        query.call("iam", IAM_VERSION, "DeleteRole", Map.of("RoleName", name));
    }

    @Override
    public Optional<String> refusal() {
        return http.first()
                .or(() -> http.doubtful().stream()
                        .flatMap(service -> missing.computeIfAbsent(service, this::missing).stream())
                        .findFirst());
    }

    @Override
    public void forgetRefusals() {
        http.forget();
    }

    @Override
    public void close() {
        http.close();
        unwatched.close();
    }

    /**
     * Why a service whose answers were doubtful is not there at all; empty if it is. It is asked for the least that
     * every service does.
     */
    private Optional<String> missing(String service) {
        AwsClients asking = SdkClients.at(endpoint, Region.of(region), unwatched);
        try {
            switch (service) {
                case "ecs" -> asking.client(EcsClient.class, EcsClient::builder).listClusters();
                case "lambda" ->
                    asking.client(LambdaClient.class, LambdaClient::builder).listFunctions();
                case "dynamodb" ->
                    asking.client(DynamoDbClient.class, DynamoDbClient::builder).listTables();
                case "sqs" -> asking.client(SqsClient.class, SqsClient::builder).listQueues();
                default -> throw new IllegalArgumentException("no adapter uses " + service);
            }
            return Optional.empty();
        } catch (SdkException refused) {
            return Optional.of("%s lists nothing: %s".formatted(service, refused.getMessage()));
        }
    }

    private EcsClient ecs() {
        return clients.client(EcsClient.class, EcsClient::builder);
    }

    private LambdaClient lambda() {
        return clients.client(LambdaClient.class, LambdaClient::builder);
    }

    private ProbedResourceValues.QueueAddress probe() {
        SqsClient sqs = clients.client(SqsClient.class, SqsClient::builder);
        return ProbedResourceValues.probe(sqs);
    }

    private List<String> startInstances(int count) {
        String image = query.call("ec2", EC2_VERSION, "DescribeImages", Map.of("Owner.1", "amazon"))
                .text("imageId")
                .orElse("ami-0123456789abcdef0");
        String number = Integer.toString(count);
        List<String> started = query.call(
                        "ec2",
                        EC2_VERSION,
                        "RunInstances",
                        Map.of("ImageId", image, "InstanceType", "m5.large", "MinCount", number, "MaxCount", number))
                .texts("instanceId")
                .toList();
        return started.size() == count
                ? started
                : IntStream.range(0, count).mapToObj("i-%017x"::formatted).toList();
    }

    /** Registers as the container agent does. */
    private String register(String cluster, String ec2Instance, String capacity) {
        EcsClient ecs = ecs();
        Attribute attribute =
                Attribute.builder().name("spillway.capacity").value(capacity).build();
        String arn = ecs.registerContainerInstance(register -> register.cluster(cluster)
                        .instanceIdentityDocument(
                                "{\"instanceId\":\"%s\",\"instanceType\":\"m5.large\",\"region\":\"%s\"}"
                                        .formatted(ec2Instance, region))
                        .instanceIdentityDocumentSignature("none")
                        .totalResources(resource("CPU", 2_048), resource("MEMORY", 7_680))
                        .attributes(attribute))
                .containerInstance()
                .containerInstanceArn();
        ecs.putAttributes(put -> put.cluster(cluster)
                .attributes(attribute.toBuilder().targetId(arn).build()));
        return arn;
    }

    private static Resource resource(String name, int amount) {
        return Resource.builder()
                .name(name)
                .type("INTEGER")
                .integerValue(amount)
                .build();
    }

    private String role(String name) {
        String trust = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\","
                + "\"Principal\":{\"Service\":\"lambda.amazonaws.com\"}}]}";
        Map<String, String> role = Map.of("RoleName", name, "AssumeRolePolicyDocument", trust);
        return query.call("iam", IAM_VERSION, "CreateRole", role)
                .text("Arn")
                .orElse("arn:aws:iam::000000000000:role/" + name);
    }

    private static byte[] emptyFunction() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("index.py"));
            zip.write("def handler(event, context):\n    return None\n".getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static Map<String, String> numbered(String name, List<String> values) {
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            parameters.put(name + "." + (i + 1), values.get(i));
        }
        return parameters;
    }
}
