package dev.spillway.spotfallback.decision;

import dev.spillway.spotfallback.decision.Decision.Numbers;
import dev.spillway.spotfallback.decision.Decision.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides how many on-demand instances stand in for missing Spot capacity. Pure: the same facts give the same decision.
 *
 * <p>Out goes at once, for what is missing now. In goes no further than to what would have been enough during the whole
 * quiet time: Spot that comes and goes from one minute to the next would otherwise start and end an on-demand instance each
 * time. The group's cooldown alone does not prevent that: Auto Scaling begins one for simple scaling, and does not say
 * that it begins one for a capacity that somebody sets.
 */
public final class FallbackRule {

    /** A value older than this says nothing about now; EC2 publishes at the latest every five minutes. */
    private static final Duration FRESH = Duration.ofMinutes(6);

    /** Below this, a fraction of an instance comes from the arithmetic. */
    private static final double ROUNDING = 1e-6;

    private final Duration quiet;
    private final double weight;

    /**
     * @param quiet how long a Spot target must have been the same before anything is done
     * @param weight capacity units that one on-demand instance stands for
     */
    public FallbackRule(Duration quiet, double weight) {
        this.quiet = quiet;
        this.weight = weight;
    }

    /** Decides. */
    public Decision decide(List<SpotFacts> spot, OnDemandFacts onDemand, Instant now) {
        Optional<Decision> notNow = spot.stream()
                .flatMap(facts -> unknown(facts, now).stream())
                .findFirst()
                .or(() -> spot.stream()
                        .flatMap(facts -> targetChanged(facts, now).stream())
                        .findFirst());
        return notNow.orElseGet(() -> known(spot, onDemand, now));
    }

    private Decision known(List<SpotFacts> spot, OnDemandFacts group, Instant now) {
        double pending = spot.stream()
                // A fleet that has more than it wants does not make up for another that has less.
                .mapToDouble(facts -> Math.max(0, last(facts.pendings()).value()))
                .sum();
        double highest =
                spot.stream().mapToDouble(facts -> highestPending(facts, now)).sum();
        int wanted = instances(pending);
        String note = spot.stream()
                .map(SpotFacts::note)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        int desired = group.desired();
        Numbers numbers = new Numbers(
                pending, wanted, desired, group.min(), group.max(), Math.max(0, wanted - group.max()), note);
        int out = bounded(wanted, group);
        if (out > desired) {
            return new Decision.ScaleOut(out, numbers);
        }
        int in = bounded(instances(highest), group);
        if (in < desired) {
            return new Decision.ScaleIn(in, numbers);
        }
        if (out < desired) {
            return new Decision.NoAction(Reason.PENDING_UNTIL_RECENTLY, numbers);
        }
        return new Decision.NoAction(numbers.shortfall() > 0 ? Reason.AT_MAXIMUM : Reason.ENOUGH, numbers);
    }

    private Optional<Decision> unknown(SpotFacts facts, Instant now) {
        if (!isFresh(facts.pendings(), now)) {
            return Optional.of(new Decision.Unknown("the pending capacity of " + facts.source()));
        }
        if (!isFresh(facts.targets(), now)) {
            return Optional.of(new Decision.Unknown("the target capacity of " + facts.source()));
        }
        // A series that begins later than the quiet time may begin with a change.
        return facts.targets().getFirst().at().isAfter(now.minus(quiet))
                ? Optional.of(new Decision.Unknown("the target capacity of " + facts.source() + " before "
                        + facts.targets().getFirst().at()))
                : Optional.empty();
    }

    private Optional<Decision> targetChanged(SpotFacts facts, Instant now) {
        double current = last(facts.targets()).value();
        return sinceQuiet(facts.targets(), now).stream()
                .filter(sample -> Double.compare(sample.value(), current) != 0)
                .findFirst()
                .map(sample -> new Decision.TargetChanged(
                        facts.source() + " from " + sample.value() + " to " + current + " after " + sample.at()));
    }

    /** The most that was pending since the quiet time began; without an end if that is not known. */
    private double highestPending(SpotFacts facts, Instant now) {
        if (facts.pendings().getFirst().at().isAfter(now.minus(quiet))) {
            return Double.POSITIVE_INFINITY;
        }
        return sinceQuiet(facts.pendings(), now).stream()
                .mapToDouble(Sample::value)
                .max()
                .orElse(0);
    }

    /** What was so during the quiet time: its values, and the one that stood when it began. */
    private List<Sample> sinceQuiet(List<Sample> samples, Instant now) {
        Instant start = now.minus(quiet);
        long before =
                samples.stream().filter(sample -> !sample.at().isAfter(start)).count();
        return samples.stream().skip(Math.max(0, before - 1)).toList();
    }

    private static boolean isFresh(List<Sample> samples, Instant now) {
        return !samples.isEmpty() && !last(samples).at().isBefore(now.minus(FRESH));
    }

    private static Sample last(List<Sample> samples) {
        return samples.getLast();
    }

    /** Rounded up: half an instance cannot be had. */
    private int instances(double units) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(Math.max(0, units) / weight - ROUNDING));
    }

    private static int bounded(int instances, OnDemandFacts group) {
        return Math.max(group.min(), Math.min(group.max(), instances));
    }
}
