package dev.spillway.local.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spillway.local.template.ResolvedTemplate;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.analysis.MaxQueryDepthInstrumentation;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The GraphQL API of template.yaml: its schema, its resolvers, its data sources and its limits. */
final class AppSyncApi {

    /** What AppSync declares, so that a schema does not (AppSync developer guide, "Scalar types in GraphQL"). */
    private static final String OF_APPSYNC = """
            scalar AWSDateTime
            directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
            """;

    private final GraphQL graphQl;
    private final GraphQLSchema schema;
    private final TableSource table;

    private AppSyncApi(GraphQL graphQl, GraphQLSchema schema, TableSource table) {
        this.graphQl = graphQl;
        this.schema = schema;
        this.table = table;
    }

    /** The API, over a table that the client has. */
    static AppSyncApi of(ResolvedTemplate template, DynamoDbClient dynamoDb) {
        JsonNode tables = template.named("GraphqlTable");
        TableSource table = new TableSource(
                dynamoDb,
                tables.at("/DynamoDBConfig/TableName").asText(),
                new TableRole(template.named("GraphqlTableRole")));
        Map<String, DataSource> sources = new HashMap<>();
        for (JsonNode source : template.ofType("AWS::AppSync::DataSource")) {
            sources.put(
                    source.path("Name").asText() + ".Name",
                    source.path("Type").asText().equals("NONE") ? DataSource.NOTHING : table);
        }
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring().scalar(AwsDateTime.SCALAR);
        for (JsonNode resolver : template.ofType("AWS::AppSync::Resolver")) {
            Resolver fetcher = resolver(resolver, template, sources);
            wiring.type(
                    resolver.path("TypeName").asText(),
                    type -> type.dataFetcher(resolver.path("FieldName").asText(), fetcher));
        }
        String definition =
                template.only("AWS::AppSync::GraphQLSchema").path("Definition").asText();
        GraphQLSchema schema = new SchemaGenerator()
                .makeExecutableSchema(new SchemaParser().parse(definition + OF_APPSYNC), wiring.build());
        int depth = template.only("AWS::AppSync::GraphQLApi")
                .path("QueryDepthLimit")
                .asInt();
        GraphQL graphQl = GraphQL.newGraphQL(schema)
                .instrumentation(new MaxQueryDepthInstrumentation(depth))
                .build();
        return new AppSyncApi(graphQl, schema, table);
    }

    private static Resolver resolver(JsonNode resolver, ResolvedTemplate template, Map<String, DataSource> sources) {
        ResolverCode code = new ResolverCode(resolver.path("Code").asText());
        if (resolver.path("Kind").asText().equals("UNIT")) {
            return new Resolver(null, List.of(new Resolver.Step(code, source(resolver, sources))));
        }
        List<Resolver.Step> steps = StreamSupport.stream(
                        resolver.at("/PipelineConfig/Functions").spliterator(), false)
                .map(id -> function(id.asText(), template))
                .map(function ->
                        new Resolver.Step(new ResolverCode(function.path("Code").asText()), source(function, sources)))
                .toList();
        return new Resolver(code, steps);
    }

    private static JsonNode function(String id, ResolvedTemplate template) {
        return template.ofType("AWS::AppSync::FunctionConfiguration").stream()
                .filter(function -> id.equals(function.path("Name").asText() + ".FunctionId"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no function " + id));
    }

    private static DataSource source(JsonNode owner, Map<String, DataSource> sources) {
        DataSource source = sources.get(owner.path("DataSourceName").asText());
        if (source == null) {
            throw new AssertionError("there is no data source " + owner.path("DataSourceName"));
        }
        return source;
    }

    GraphQLSchema schema() {
        return schema;
    }

    /** The table, as the API's role may read it. */
    TableSource table() {
        return table;
    }

    ExecutionResult execute(String operation, Map<String, ? extends @Nullable Object> variables) {
        return graphQl.execute(ExecutionInput.newExecutionInput(operation)
                .variables(new HashMap<>(variables))
                .build());
    }
}
