package dev.spillway.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/** Runs a function once. */
public interface FunctionRunner extends AutoCloseable {

    /** How a run ended. */
    sealed interface Result {

        /** The function answered. */
        record Returned(JsonNode payload) implements Result {}

        /** The function failed; the payload holds {@code errorMessage} and {@code errorType}. */
        record Failed(JsonNode payload) implements Result {}
    }

    /**
     * Starts a run. Does not wait for its end.
     *
     * @param onEnd called once at the most, from any thread
     * @return kills the run; harmless when it has ended
     */
    Runnable run(LambdaFunction function, String requestId, JsonNode event, Consumer<Result> onEnd);

    /** Kills everything that still runs. */
    @Override
    void close();
}
