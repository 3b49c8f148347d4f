package dev.spillway.local.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spillway.common.store.DynamoDbTaskStore;
import dev.spillway.common.store.TaskStore;
import dev.spillway.local.LocalAws;
import dev.spillway.local.dynamodb.EmbeddedDynamoDb;
import dev.spillway.local.dynamodb.Tables;
import dev.spillway.local.eventbridge.EventPattern;
import dev.spillway.local.sqs.EmbeddedSqs;
import dev.spillway.local.sqs.Queues;
import dev.spillway.local.template.Deployment;
import dev.spillway.local.template.EventSource;
import dev.spillway.local.template.FunctionResource;
import dev.spillway.local.template.LocalResourceValues;
import dev.spillway.local.template.Template;
import dev.spillway.local.template.Templates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The functions of the template in processes of their own, and the services that they reach over HTTP. */
final class DeployedStack implements AutoCloseable {

    static final Path EVENTS = Path.of("..", "events");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REGION = "us-east-1";

    private final Path directory;
    private final Template template;
    private final LambdaRuntime runtime;
    private final EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start(0);
    private final EmbeddedSqs sqs = EmbeddedSqs.start(0, REGION);
    private final AnsweringAws aws = new AnsweringAws();
    private final DynamoDbClient table = LocalAws.dynamoDb(dynamoDb.endpoint());
    private final Map<String, DeployedFunction> functions = new LinkedHashMap<>();
    private int started;

    private DeployedStack(Path directory) throws IOException {
        this.directory = directory;
        this.template = template(sqs.endpoint());
        this.runtime = LambdaRuntime.in(directory);
        template.tables().forEach(resource -> Tables.create(table, resource));
        try (SqsClient queues = LocalAws.sqs(sqs.endpoint())) {
            Queues.create(queues, template.queues());
        }
    }

    /** Starts the services. */
    static DeployedStack start(Path directory) throws IOException {
        return new DeployedStack(directory);
    }

    /** The functions of the template, for who does not need the services yet. */
    static List<FunctionResource> resources() {
        return template(URI.create("http://127.0.0.1:9324")).functions();
    }

    private static Template template(URI sqs) {
        return Template.read(
                Path.of("..", "template.yaml"),
                new Deployment("spillway", REGION, "012345678910", Map.of("Subnets", "subnet-1")),
                new LocalResourceValues(REGION, "012345678910", sqs));
    }

    /** The recorded events that lead to a function. */
    List<Path> eventsFor(FunctionResource function) {
        try (Stream<Path> files = Files.list(EVENTS)) {
            return files.sorted()
                    .filter(file -> function.events().stream().anyMatch(source -> leadsTo(source, read(file))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean leadsTo(EventSource source, JsonNode event) {
        String from = event.at("/Records/0/eventSourceARN").asText();
        return switch (source) {
            case EventSource.Sqs queue -> from.equals(arn(queue));
            case EventSource.DynamoDbStream stream ->
                from.startsWith(stream.streamArn().replaceFirst("/stream/.*", "/stream/"));
            case EventSource.EventBridgeRule rule ->
                !event.has("Records") && EventPattern.parse(rule.pattern()).matches(event);
            case EventSource.Schedule schedule -> event.path("source").asText().equals("aws.events");
        };
    }

    private String arn(EventSource.Sqs source) {
        return template.queues().stream()
                .filter(queue -> queue.logicalId().equals(source.queue()))
                .findFirst()
                .orElseThrow()
                .arn();
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    /**
     * The function, started the first time that it is asked for: all at once, they would keep each other from answering within the
     * patience of their clients.
     */
    DeployedFunction function(String logicalId) throws IOException {
        DeployedFunction known = functions.get(logicalId);
        if (known != null) {
            return known;
        }
        FunctionResource resource = resource(logicalId);
        DeployedFunction function = start(resource, resource.environment());
        functions.put(logicalId, function);
        return function;
    }

    FunctionResource resource(String logicalId) {
        return template.functions().stream()
                .filter(function -> function.logicalId().equals(logicalId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the template has no function " + logicalId));
    }

    AnsweringAws aws() {
        return aws;
    }

    TaskStore store() {
        return new DynamoDbTaskStore(table, "spillway-tasks");
    }

    /** Starts one more of a function, with other variables. */
    DeployedFunction start(FunctionResource function, Map<String, String> variables) throws IOException {
        Map<String, String> environment = new HashMap<>(variables);
        environment.putAll(Map.of(
                "AWS_REGION", REGION,
                "AWS_DEFAULT_REGION", REGION,
                "AWS_CONTAINER_CREDENTIALS_FULL_URI", aws.credentials(),
                "AWS_CONTAINER_AUTHORIZATION_TOKEN", AnsweringAws.TOKEN,
                "AWS_ENDPOINT_URL", aws.endpoint(),
                "AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.endpoint().toString(),
                "AWS_ENDPOINT_URL_SQS", sqs.endpoint().toString()));
        Path log = directory.resolve("%d-%s.log".formatted(started++, function.logicalId()));
        return DeployedFunction.start(function, runtime.command(function), code(function), environment, log);
    }

    /**
     * A directory with the jar where the runtime looks for libraries. Lambda unpacks the jar itself; to unpack its thousands of
     * files would take longer than all the rest of a test.
     */
    private Path code(FunctionResource function) throws IOException {
        Path jar = Templates.code(function).toRealPath();
        Path code = directory.resolve(function.logicalId());
        Path library = code.resolve("lib").resolve(jar.getFileName());
        if (!Files.exists(library)) {
            Files.createDirectories(library.getParent());
            Files.createSymbolicLink(library, jar);
        }
        return code;
    }

    @Override
    public void close() {
        functions.values().forEach(DeployedFunction::close);
        table.close();
        aws.close();
        sqs.close();
        dynamoDb.close();
    }
}
