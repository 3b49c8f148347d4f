package dev.spillway.common.message;

import dev.spillway.common.task.FunctionWork;
import org.jspecify.annotations.Nullable;

/** Reads the Lambda function of a message, and what it is handed. */
final class FunctionReader {

    private FunctionReader() {}

    /** The work; null where there is none or where something is wrong with it. */
    static @Nullable FunctionWork read(Fields message) {
        Field function = message.get("function");
        Field payload = message.get("payload");
        if (function == null) {
            if (payload != null && message.has("taskDefinition")) {
                payload.asSecret().refuse("it left out, or a function that it is for");
            }
            return null;
        }
        String name = function.text(Form.FUNCTION);
        return name == null ? null : new FunctionWork(name, payload == null ? "{}" : canonical(payload.value()));
    }

    /** One text for all payloads that mean the same, so that a repeated message is seen to be the same. */
    static String canonical(Json payload) {
        return JsonText.write(JsonText.sorted(payload));
    }
}
