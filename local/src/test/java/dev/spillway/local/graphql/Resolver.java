package dev.spillway.local.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * A resolver: its code before, its steps one after the other, and its code after (AppSync developer guide, "JavaScript
 * resolvers overview"). A unit resolver has its own code around its only step.
 *
 * @param around null for a unit resolver
 */
record Resolver(@Nullable ResolverCode around, List<Step> steps) implements DataFetcher<DataFetcherResult<Object>> {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Code and the source that it asks. */
    record Step(ResolverCode code, DataSource source) {}

    @Override
    public DataFetcherResult<Object> get(DataFetchingEnvironment environment) {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        context.set("args", JSON.valueToTree(environment.getArguments()));
        context.putObject("stash");
        DataFetcherResult.Builder<Object> result = DataFetcherResult.newResult();
        try {
            return result.data(JSON.convertValue(run(context), Object.class)).build();
        } catch (ResolverCode.Failure e) {
            return result.error(GraphqlErrorBuilder.newError(environment)
                            .message("%s", e.getMessage())
                            .extensions(Map.of("errorType", e.type()))
                            .build())
                    .build();
        }
    }

    private JsonNode run(ObjectNode context) {
        if (around == null) {
            return step(steps.getFirst(), context);
        }
        context.putObject("prev").set("result", around.request(context));
        for (Step step : steps) {
            JsonNode answer = step(step, context);
            context.remove(List.of("result", "error"));
            context.putObject("prev").set("result", answer);
        }
        context.set("result", context.at("/prev/result"));
        return around.response(context);
    }

    private static JsonNode step(Step step, ObjectNode context) {
        JsonNode request = step.code().request(context);
        try {
            context.set("result", step.source().answer(request));
        } catch (DynamoDbException e) {
            context.putNull("result");
            context.putObject("error")
                    .put("message", e.awsErrorDetails().errorMessage())
                    .put("type", "DynamoDB:" + e.awsErrorDetails().errorCode());
        }
        return step.code().response(context);
    }
}
