package dev.spillway.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The error payloads of Lambda's runtime. */
final class FunctionErrors {

    private FunctionErrors() {}

    static JsonNode exited(String requestId, int exitCode) {
        return error(
                "Runtime.ExitError",
                "RequestId: " + requestId + " Error: Runtime exited with error: exit status " + exitCode);
    }

    static JsonNode timedOut(String requestId, int seconds) {
        return error(
                "Sandbox.Timedout",
                "RequestId: " + requestId + " Error: Task timed out after " + seconds + ".00 seconds");
    }

    static JsonNode notStarted(String requestId, String problem) {
        return error("Runtime.InvalidEntrypoint", "RequestId: " + requestId + " Error: " + problem);
    }

    static JsonNode error(String type, String message) {
        return JsonNodeFactory.instance.objectNode().put("errorType", type).put("errorMessage", message);
    }
}
