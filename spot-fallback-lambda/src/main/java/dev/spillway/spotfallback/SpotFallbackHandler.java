package dev.spillway.spotfallback;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.spillway.common.function.FunctionRuntime;
import dev.spillway.common.function.Priming;
import dev.spillway.common.function.SnapStarted;
import dev.spillway.spotfallback.decision.FallbackRule;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import org.crac.Core;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * The function as Lambda calls it: by the schedule, or by an alarm's message. Either only wakes it up; what it says may be
 * older than what AWS says now.
 */
public final class SpotFallbackHandler implements RequestStreamHandler, SnapStarted {

    private final SpotFallback fallback;
    private final SpotFallbackMetrics metrics;
    private final Priming priming;
    private final Clock clock;

    /** As Lambda starts it. */
    public SpotFallbackHandler() {
        this(FunctionRuntime.deployed());
        Core.getGlobalContext().register(this);
    }

    /** With everything from outside handed in. */
    public SpotFallbackHandler(FunctionRuntime runtime) {
        SpotFallbackConfig config = SpotFallbackConfig.read(runtime.environment());
        Groups groups = new Groups(runtime.aws().client(AutoScalingClient.class, AutoScalingClient::builder));
        CapacityMetrics capacity =
                new CapacityMetrics(runtime.aws().client(CloudWatchClient.class, CloudWatchClient::builder));
        this.fallback = new SpotFallback(
                config,
                groups,
                new SpotReading(capacity, groups, config.quiet()),
                new FallbackRule(config.quiet(), config.weight()));
        this.metrics = new SpotFallbackMetrics(runtime.metrics());
        this.clock = runtime.clock();
        this.priming = Priming.with("facts", () -> fallback.read(clock.instant()));
    }

    @Override
    public Priming priming() {
        return priming;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) {
        PowertoolsLogging.withLogging(context, this::run);
    }

    private SpotFallback.Outcome run() {
        SpotFallback.Outcome outcome = fallback.run(clock.instant());
        metrics.publish(outcome);
        return outcome;
    }
}
