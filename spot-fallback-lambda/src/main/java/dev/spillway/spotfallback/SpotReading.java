package dev.spillway.spotfallback;

import dev.spillway.spotfallback.decision.Sample;
import dev.spillway.spotfallback.decision.SpotFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;

/**
 * Reads what is known of the Spot capacity.
 *
 * <p>Of a Spot Fleet CloudWatch says it all. Of a group, Auto Scaling says what is so now, and CloudWatch what was so before:
 * for that the group must have its metrics enabled.
 */
final class SpotReading {

    private static final String TARGET = "TargetCapacity";
    private static final String FULFILLED = "FulfilledCapacity";
    private static final String PENDING = "PendingCapacity";
    private static final String DESIRED = "GroupDesiredCapacity";

    private final CapacityMetrics metrics;
    private final Groups groups;
    private final Duration quiet;

    SpotReading(CapacityMetrics metrics, Groups groups, Duration quiet) {
        this.metrics = metrics;
        this.groups = groups;
        this.quiet = quiet;
    }

    /** The facts of the fleet and of the group, as far as there are such. */
    List<SpotFacts> read(Optional<String> fleet, Optional<AutoScalingGroup> group, Instant now) {
        List<Series> wanted = new ArrayList<>();
        fleet.ifPresent(
                id -> List.of(TARGET, FULFILLED, PENDING).forEach(name -> wanted.add(Series.ofFleet(name, id))));
        group.ifPresent(one ->
                namesOf(one).forEach(name -> wanted.add(Series.ofGroup(name, one.autoScalingGroupName()))));
        Map<Series, List<Sample>> series = metrics.read(wanted, quiet, now);
        List<SpotFacts> facts = new ArrayList<>();
        fleet.ifPresent(id -> facts.add(ofFleet(id, series)));
        group.ifPresent(one -> facts.add(ofGroup(one, series, now)));
        return facts;
    }

    private static SpotFacts ofFleet(String id, Map<Series, List<Sample>> series) {
        List<Sample> targets = series.getOrDefault(Series.ofFleet(TARGET, id), List.of());
        List<Sample> fulfilled = series.getOrDefault(Series.ofFleet(FULFILLED, id), List.of());
        Map<Instant, Double> pendings = new TreeMap<>();
        difference(targets, fulfilled, List.of()).forEach(sample -> pendings.put(sample.at(), sample.value()));
        series.getOrDefault(Series.ofFleet(PENDING, id), List.of())
                .forEach(sample -> pendings.put(sample.at(), sample.value()));
        return new SpotFacts(
                "Spot Fleet " + id,
                targets,
                pendings.entrySet().stream()
                        .map(e -> new Sample(e.getKey(), e.getValue()))
                        .toList(),
                "");
    }

    private SpotFacts ofGroup(AutoScalingGroup group, Map<Series, List<Sample>> series, Instant now) {
        String name = group.autoScalingGroupName();
        List<List<Sample>> read = namesOf(group).stream()
                .map(metric -> series.getOrDefault(Series.ofGroup(metric, name), List.of()))
                .toList();
        List<Sample> targets = new ArrayList<>(read.getFirst());
        // A group whose desired capacity CloudWatch does not know may have changed it just now.
        if (!targets.isEmpty()) {
            targets.add(new Sample(now, group.desiredCapacity()));
        }
        List<Sample> pendings = new ArrayList<>(difference(read.get(0), read.get(1), read.get(2)));
        Optional<Double> present = present(group);
        double pendingNow = present.map(units -> Math.max(0, group.desiredCapacity() - units))
                .orElse(0d);
        // Without an answer about now, what was so before says nothing either.
        if (present.isEmpty()) {
            pendings.clear();
        } else {
            pendings.add(new Sample(now, pendingNow));
        }
        String note = pendingNow > 0 ? groups.launchFailure(name, now.minus(quiet)) : "";
        return new SpotFacts("group " + name, targets, pendings, note);
    }

    /** A group whose instances have weights counts in capacity units. */
    private static List<String> namesOf(AutoScalingGroup group) {
        return isWeighted(group)
                ? List.of(DESIRED, "GroupInServiceCapacity", "GroupPendingCapacity")
                : List.of(DESIRED, "GroupInServiceInstances", "GroupPendingInstances");
    }

    private static boolean isWeighted(AutoScalingGroup group) {
        boolean byPolicy = group.mixedInstancesPolicy() != null
                && group.mixedInstancesPolicy().launchTemplate() != null
                && group.mixedInstancesPolicy().launchTemplate().overrides().stream()
                        .map(LaunchTemplateOverrides::weightedCapacity)
                        .anyMatch(weight -> weight != null);
        return byPolicy || group.instances().stream().anyMatch(instance -> instance.weightedCapacity() != null);
    }

    /** The capacity units that are in service or booting; empty if there is an instance of which that is not known. */
    private static Optional<Double> present(AutoScalingGroup group) {
        double units = 0;
        for (Instance instance : group.instances()) {
            switch (instance.lifecycleState()) {
                case IN_SERVICE, PENDING, PENDING_WAIT, PENDING_PROCEED -> {
                    Optional<Double> weight = weight(instance.weightedCapacity());
                    if (weight.isEmpty()) {
                        return weight;
                    }
                    units += weight.get();
                }
                case UNKNOWN_TO_SDK_VERSION -> {
                    return Optional.empty();
                }
                // On their way out, or beside the desired capacity.
                default -> {}
            }
        }
        return Optional.of(units);
    }

    private static Optional<Double> weight(@Nullable String text) {
        try {
            return Optional.of(text == null ? 1d : Double.parseDouble(text));
        } catch (NumberFormatException odd) {
            return Optional.empty();
        }
    }

    /** What is left of the first, at the instants at which all are known. An empty third is none. */
    private static List<Sample> difference(List<Sample> of, List<Sample> one, List<Sample> other) {
        Map<Instant, Double> ones = byInstant(one);
        Map<Instant, Double> others = byInstant(other);
        return of.stream()
                .filter(sample -> ones.containsKey(sample.at()))
                .filter(sample -> other.isEmpty() || others.containsKey(sample.at()))
                .map(sample -> new Sample(
                        sample.at(),
                        Math.max(
                                0,
                                sample.value()
                                        - ones.getOrDefault(sample.at(), 0d)
                                        - others.getOrDefault(sample.at(), 0d))))
                .toList();
    }

    private static Map<Instant, Double> byInstant(List<Sample> samples) {
        return samples.stream().collect(Collectors.toMap(Sample::at, Sample::value, Math::max));
    }
}
