package dev.spillway.local.lambda;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.spillway.local.ecs.EventSink;
import dev.spillway.local.ecs.KnownFields;
import dev.spillway.local.time.Scheduled;
import dev.spillway.local.time.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.DefaultAwsResponseMetadata;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * Invoke of a simulated AWS Lambda. {@code Event} answers at once, retries as Lambda does and sends the result to the
 * event bus; {@code RequestResponse} waits for the function, and so cannot be used by the thread that drives a
 * simulated timeline. Everything else throws UnsupportedOperationException.
 */
public final class SimulatedLambdaClient implements LambdaClient {

    /** Lambda quotas, "Invocation payload", asynchronous: 1 MB. */
    static final int MAX_EVENT_BYTES = 1024 * 1024;

    /** Lambda quotas, "Invocation payload", synchronous: 6 MB. */
    static final int MAX_REQUEST_BYTES = 6 * 1024 * 1024;

    private static final JsonMapper JSON = new JsonMapper();
    private static final int ACCEPTED = 202;
    private static final int OK = 200;

    private final LambdaSettings settings;
    private final Map<String, LambdaFunction> functions;
    private final FunctionRunner runner;
    private final Timeline timeline;
    private final EventSink sink;
    private final Random ids;

    /**
     * A Lambda with the given functions.
     *
     * @param functions by name, see {@link LambdaFunctionFiles}
     * @param runner stays the caller's to close
     * @param sink gets the invocation records of asynchronous invocations
     * @param seed of request ids
     */
    public SimulatedLambdaClient(
            LambdaSettings settings,
            Map<String, LambdaFunction> functions,
            FunctionRunner runner,
            Timeline timeline,
            EventSink sink,
            long seed) {
        this.settings = settings;
        this.functions = Map.copyOf(functions);
        this.runner = runner;
        this.timeline = timeline;
        this.sink = sink;
        this.ids = new Random(seed);
    }

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        KnownFields.require(request, "Invoke", Set.of("FunctionName", "InvocationType", "Payload"));
        LambdaFunction function = function(request.functionName());
        boolean asynchronous = request.invocationType() == InvocationType.EVENT;
        if (!asynchronous && request.invocationType() == InvocationType.DRY_RUN) {
            throw new UnsupportedOperationException("Invoke with InvocationType DryRun is not simulated");
        }
        JsonNode event = event(request.payload(), asynchronous ? MAX_EVENT_BYTES : MAX_REQUEST_BYTES);
        String requestId = requestId();
        if (asynchronous) {
            timeline.schedule(Duration.ZERO, () -> attempt(function, requestId, event, 1));
            return accepted(requestId);
        }
        CompletableFuture<FunctionRunner.Result> result = new CompletableFuture<>();
        run(function, requestId, event, result::complete);
        return answer(result.join());
    }

    /** As Lambda answers, with the request id that the results of the invocation and its log will have. */
    private static InvokeResponse accepted(String requestId) {
        InvokeResponse.Builder answer = InvokeResponse.builder().statusCode(ACCEPTED);
        answer.responseMetadata(DefaultAwsResponseMetadata.create(Map.of("AWS_REQUEST_ID", requestId)));
        return answer.build();
    }

    private void attempt(LambdaFunction function, String requestId, JsonNode event, int attempt) {
        run(function, requestId, event, result -> {
            if (result instanceof FunctionRunner.Result.Failed
                    && attempt <= settings.retryDelays().size()) {
                timeline.schedule(
                        settings.retryDelays().get(attempt - 1),
                        () -> attempt(function, requestId, event, attempt + 1));
            } else {
                sink.put(DestinationRecord.of(settings, function, requestId, event, result, attempt, timeline.now()));
            }
        });
    }

    /** One run, bounded by the function's timeout. */
    private void run(LambdaFunction function, String requestId, JsonNode event, Consumer<FunctionRunner.Result> onEnd) {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Runnable> kill = new CompletableFuture<>();
        Scheduled timeout = timeline.schedule(Duration.ofSeconds(function.timeout()), () -> {
            if (over.compareAndSet(false, true)) {
                kill.thenAccept(Runnable::run);
                onEnd.accept(new FunctionRunner.Result.Failed(FunctionErrors.timedOut(requestId, function.timeout())));
            }
        });
        kill.complete(runner.run(function, requestId, event, result -> {
            if (over.compareAndSet(false, true)) {
                timeout.cancel();
                onEnd.accept(result);
            }
        }));
    }

    private static InvokeResponse answer(FunctionRunner.Result result) {
        InvokeResponse.Builder response =
                InvokeResponse.builder().statusCode(OK).executedVersion("$LATEST");
        return switch (result) {
            case FunctionRunner.Result.Returned returned ->
                response.payload(SdkBytes.fromUtf8String(returned.payload().toString()))
                        .build();
            case FunctionRunner.Result.Failed failed ->
                response.functionError("Unhandled")
                        .payload(SdkBytes.fromUtf8String(failed.payload().toString()))
                        .build();
        };
    }

    private LambdaFunction function(String reference) {
        String prefix = "arn:aws:lambda:" + settings.region() + ":" + settings.account() + ":function:";
        String name = reference.startsWith(prefix) ? reference.substring(prefix.length()) : reference;
        LambdaFunction function = functions.get(name);
        if (function == null) {
            throw LambdaErrors.notFound(prefix + name);
        }
        return function;
    }

    private static JsonNode event(@Nullable SdkBytes payload, int max) {
        byte[] bytes = payload == null ? new byte[] {'{', '}'} : payload.asByteArray();
        if (bytes.length > max) {
            throw LambdaErrors.tooLarge(max);
        }
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw LambdaErrors.notJson(e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    private synchronized String requestId() {
        return new UUID(ids.nextLong(), ids.nextLong()).toString();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Nothing to close: the runner belongs to who made it. */
    @Override
    public void close() {}
}
