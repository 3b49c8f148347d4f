package dev.spillway.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * What Lambda sends to an EventBridge destination when an asynchronous invocation has come to its end (Lambda developer
 * guide, "Capturing records of Lambda asynchronous invocations").
 */
final class DestinationRecord {

    private DestinationRecord() {}

    static ObjectNode of(
            LambdaSettings settings,
            LambdaFunction function,
            String requestId,
            JsonNode request,
            FunctionRunner.Result result,
            int invocations,
            Instant now) {
        String functionArn = "arn:aws:lambda:" + settings.region() + ":" + settings.account() + ":function:"
                + function.functionName() + ":$LATEST";
        boolean success = result instanceof FunctionRunner.Result.Returned;
        Instant time = now.truncatedTo(ChronoUnit.MILLIS);
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("version", "0")
                // Derived, so that a simulated history is the same each time.
                .put(
                        "id",
                        UUID.nameUUIDFromBytes(requestId.getBytes(StandardCharsets.UTF_8))
                                .toString())
                .put("detail-type", "Lambda Function Invocation Result - " + (success ? "Success" : "Failure"))
                .put("source", "lambda")
                .put("account", settings.account())
                .put("time", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("region", settings.region());
        event.putArray("resources")
                .add("arn:aws:events:" + settings.region() + ":" + settings.account() + ":event-bus/default")
                .add(functionArn);
        ObjectNode detail = event.putObject("detail").put("version", "1.0").put("timestamp", time.toString());
        detail.putObject("requestContext")
                .put("requestId", requestId)
                .put("functionArn", functionArn)
                .put("condition", success ? "Success" : "RetriesExhausted")
                .put("approximateInvokeCount", invocations);
        detail.set("requestPayload", request);
        ObjectNode response =
                detail.putObject("responseContext").put("statusCode", 200).put("executedVersion", "$LATEST");
        switch (result) {
            case FunctionRunner.Result.Returned returned -> detail.set("responsePayload", returned.payload());
            case FunctionRunner.Result.Failed failed -> {
                response.put("functionError", "Unhandled");
                detail.set("responsePayload", failed.payload());
            }
        }
        return event;
    }
}
