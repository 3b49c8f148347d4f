package dev.spillway.spotfallback.decision;

import java.util.Comparator;
import java.util.List;

/**
 * What is known of a source of Spot capacity: a Spot Fleet or an Auto Scaling group. Both series are in capacity units, in the
 * order of time; a value that is not there is not known, and never zero.
 *
 * @param source for the log and the reasons
 * @param targets what was asked for
 * @param pendings what of that was neither there nor booting
 * @param note why it does not get more, in AWS's words; empty if that is not known
 */
public record SpotFacts(String source, List<Sample> targets, List<Sample> pendings, String note) {

    public SpotFacts {
        targets = inOrder(targets);
        pendings = inOrder(pendings);
    }

    private static List<Sample> inOrder(List<Sample> samples) {
        return samples.stream().sorted(Comparator.comparing(Sample::at)).toList();
    }
}
