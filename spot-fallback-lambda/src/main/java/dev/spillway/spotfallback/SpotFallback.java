package dev.spillway.spotfallback;

import dev.spillway.spotfallback.decision.Decision;
import dev.spillway.spotfallback.decision.DecisionText;
import dev.spillway.spotfallback.decision.FallbackRule;
import dev.spillway.spotfallback.decision.OnDemandFacts;
import dev.spillway.spotfallback.decision.SpotFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * Has the on-demand group stand in for the Spot capacity that is missing. It keeps nothing and only ever sets a number, so two
 * invocations at the same time, or one that is repeated, set the same; and one that ended in the middle is made up for by the
 * next minute's.
 */
final class SpotFallback {

    private static final Logger LOG = LoggerFactory.getLogger(SpotFallback.class);

    private final SpotFallbackConfig config;
    private final Groups groups;
    private final SpotReading reading;
    private final FallbackRule rule;

    SpotFallback(SpotFallbackConfig config, Groups groups, SpotReading reading, FallbackRule rule) {
        this.config = config;
        this.groups = groups;
        this.reading = reading;
        this.rule = rule;
    }

    /**
     * What was decided, and whether it was done.
     *
     * @param done false if the group cools down, so that the decision waits
     */
    record Outcome(Decision decision, boolean done) {}

    /** What a decision rests on. */
    record Facts(List<SpotFacts> spot, OnDemandFacts onDemand) {}

    /** Looks, decides and acts. */
    Outcome run(Instant now) {
        Facts facts = read(now);
        Decision decision = rule.decide(facts.spot(), facts.onDemand(), now);
        Outcome outcome = new Outcome(decision, act(decision, facts.onDemand().group()));
        LOG.info("{}{}", DecisionText.of(decision), outcome.done() ? "" : ", but the group cools down");
        return outcome;
    }

    /** Looks, and changes nothing. */
    Facts read(Instant now) {
        Map<String, AutoScalingGroup> found =
                groups.find(Stream.concat(Stream.of(config.onDemandGroup()), config.spotGroup().stream())
                        .toList());
        List<SpotFacts> spot =
                reading.read(config.spotFleet(), config.spotGroup().map(found::get), now);
        return new Facts(spot, onDemand(Objects.requireNonNull(found.get(config.onDemandGroup()))));
    }

    private boolean act(Decision decision, String group) {
        return switch (decision) {
            case Decision.ScaleOut out -> groups.setDesired(group, out.to(), false);
            case Decision.ScaleIn in -> groups.setDesired(group, in.to(), true);
            case Decision.NoAction none -> true;
            case Decision.Unknown unknown -> true;
            case Decision.TargetChanged changed -> true;
        };
    }

    private OnDemandFacts onDemand(AutoScalingGroup group) {
        return new OnDemandFacts(config.onDemandGroup(), group.desiredCapacity(), group.minSize(), group.maxSize());
    }
}
