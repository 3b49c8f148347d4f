package dev.spillway.local.autoscaling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The default termination policy (Auto Scaling user guide, "Default termination policy"): from the Availability Zone with
 * the most instances, the oldest. There is one launch template here, so that its age decides nothing.
 */
final class TerminationPolicy {

    private TerminationPolicy() {}

    /**
     * Who goes when a group scales in.
     *
     * @param instances all that count, in the order of their launches; only those in service and not protected can be chosen
     * @param number how many should go; fewer are chosen if there are not as many
     */
    static List<GroupInstance> choose(List<GroupInstance> instances, int number) {
        List<GroupInstance> left = new ArrayList<>(instances);
        List<GroupInstance> chosen = new ArrayList<>();
        while (chosen.size() < number) {
            Optional<GroupInstance> next = next(left);
            if (next.isEmpty()) {
                break;
            }
            left.remove(next.get());
            chosen.add(next.get());
        }
        return chosen;
    }

    private static Optional<GroupInstance> next(List<GroupInstance> left) {
        Map<String, Integer> byZone = new HashMap<>();
        left.forEach(instance -> byZone.merge(instance.availabilityZone, 1, Integer::sum));
        return left.stream()
                .filter(instance -> instance.is(InstanceState.IN_SERVICE) && !instance.protectedFromScaleIn)
                .min(Comparator.comparing(
                                (GroupInstance instance) -> -byZone.getOrDefault(instance.availabilityZone, 0))
                        .thenComparing(instance -> instance.launchedAt));
    }
}
