package dev.spillway.spotfallback;

import dev.spillway.spotfallback.decision.Decision;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** Publishes each decision with its reason, and the numbers it was made by where they are known. */
final class SpotFallbackMetrics {

    private final Metrics metrics;

    SpotFallbackMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    void publish(SpotFallback.Outcome outcome) {
        switch (outcome.decision()) {
            case Decision.ScaleOut out -> {
                decided("SpotFallbackScaleOut");
                numbers(out.numbers(), out.to());
            }
            case Decision.ScaleIn in -> {
                decided(outcome.done() ? "SpotFallbackScaleIn" : "SpotFallbackInCooldown");
                numbers(in.numbers(), outcome.done() ? in.to() : in.numbers().desired());
            }
            case Decision.NoAction none -> {
                decided(
                        switch (none.reason()) {
                            case ENOUGH -> "SpotFallbackEnough";
                            case PENDING_UNTIL_RECENTLY -> "SpotFallbackHeld";
                            case AT_MAXIMUM -> "SpotFallbackAtMaximum";
                        });
                numbers(none.numbers(), none.numbers().desired());
            }
            case Decision.Unknown unknown -> decided("SpotFallbackUnknown");
            case Decision.TargetChanged changed -> decided("SpotFallbackTargetChanged");
        }
        metrics.flush();
    }

    private void decided(String name) {
        metrics.addMetric(name, 1, MetricUnit.COUNT);
    }

    private void numbers(Decision.Numbers numbers, int desired) {
        metrics.addMetric("SpotPendingCapacity", numbers.pending(), MetricUnit.COUNT);
        metrics.addMetric("OnDemandDesired", desired, MetricUnit.COUNT);
        metrics.addMetric("OnDemandShortfall", numbers.shortfall(), MetricUnit.COUNT);
    }
}
