package dev.spillway.common.aws;

import java.time.Clock;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsFactory;

/**
 * All that a function gets from outside. A deployed function takes it from Lambda; the local system hands in its own,
 * so that the same handler runs in both.
 *
 * @param environment the function's environment variables; never logged
 * @param aws where its clients come from
 * @param clock the only source of time
 * @param metrics where it publishes its metrics: CloudWatch's embedded metric format in a deployed function
 */
public record FunctionRuntime(Map<String, String> environment, AwsClients aws, Clock clock, Metrics metrics) {

    public FunctionRuntime {
        environment = Map.copyOf(environment);
    }

    /** The runtime of a deployed function. */
    public static FunctionRuntime deployed() {
        SdkHttpClient http = SdkClients.httpClient();
        return new FunctionRuntime(
                System.getenv(), SdkClients.sharing(http), Clock.systemUTC(), MetricsFactory.getMetricsInstance());
    }
}
