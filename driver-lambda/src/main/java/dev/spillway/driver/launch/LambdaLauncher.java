package dev.spillway.driver.launch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.spillway.common.aws.AwsFailure;
import dev.spillway.common.aws.AwsFailures;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * Launches on Lambda with an asynchronous Invoke. Lambda knows no client token: a launch that is asked again invokes
 * again, so the function gets the task id and the launch number and can tell (Lambda developer guide, "Asynchronous
 * invocation": an event may be delivered more than once in any case).
 */
public final class LambdaLauncher {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String cluster;
    private final LambdaClient lambda;

    /** @param cluster tells the results of this deployment's invocations from those of others on the same event bus */
    public LambdaLauncher(String cluster, LambdaClient lambda) {
        this.cluster = cluster;
        this.lambda = lambda;
    }

    /** See {@link Launcher#launch}. */
    public LaunchAnswer launch(Launch.OnLambda launch) {
        try {
            InvokeResponse response =
                    lambda.invoke(r -> r.functionName(launch.work().function())
                            .invocationType(InvocationType.EVENT)
                            .payload(SdkBytes.fromUtf8String(event(launch))));
            return new LaunchAnswer.Placed(requestId(response, launch), null);
        } catch (SdkException failure) {
            return switch (AwsFailures.classify(failure)) {
                case AwsFailure.NoCapacity full -> new LaunchAnswer.NoRoom(List.of(full.words()), List.of());
                case AwsFailure.Retryable later -> new LaunchAnswer.Unanswered(later.words());
                case AwsFailure.Permanent never -> new LaunchAnswer.Impossible(never.words());
            };
        }
    }

    /** What the function receives. The payload is handed on as it stands: read and written again, its numbers would change. */
    private String event(Launch.OnLambda launch) {
        return JSON.createObjectNode()
                .put("cluster", cluster)
                .put("taskId", launch.taskId().value())
                .put("launch", launch.number())
                .put("attempt", launch.attempt())
                .putRawValue("payload", new RawValue(launch.work().payload()))
                .toString();
    }

    /** The request id of an asynchronous Invoke is that of the invocation. */
    private static String requestId(InvokeResponse response, Launch.OnLambda launch) {
        String id = response.responseMetadata() == null
                ? null
                : response.responseMetadata().requestId();
        return id == null || id.equals("UNKNOWN") ? launch.taskId() + "/" + launch.number() : id;
    }
}
