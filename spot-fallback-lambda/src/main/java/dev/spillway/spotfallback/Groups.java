package dev.spillway.spotfallback;

import dev.spillway.common.aws.AwsFailures;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityInProgressException;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;

/** Auto Scaling groups, and the one thing that is changed of them. */
final class Groups {

    /** The newest activities; older ones say nothing about now. */
    private static final int NEWEST = 20;

    private static final int MAX_NOTE = 300;

    private final AutoScalingClient autoScaling;

    Groups(AutoScalingClient autoScaling) {
        this.autoScaling = autoScaling;
    }

    /**
     * The groups of these names.
     *
     * @throws IllegalStateException naming those that do not exist
     */
    Map<String, AutoScalingGroup> find(Collection<String> names) {
        Map<String, AutoScalingGroup> found =
                autoScaling
                        .describeAutoScalingGroupsPaginator(r -> r.autoScalingGroupNames(names))
                        .autoScalingGroups()
                        .stream()
                        .collect(Collectors.toMap(AutoScalingGroup::autoScalingGroupName, Function.identity()));
        String missing =
                names.stream().filter(name -> !found.containsKey(name)).sorted().collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new IllegalStateException("there is no Auto Scaling group " + missing);
        }
        return found;
    }

    /** Why the group could not launch since then, in AWS's words; empty if it could. It only explains, and never fails. */
    String launchFailure(String group, Instant since) {
        try {
            return autoScaling
                    .describeScalingActivities(
                            r -> r.autoScalingGroupName(group).maxRecords(NEWEST))
                    .activities()
                    .stream()
                    .filter(activity -> activity.statusCode() == ScalingActivityStatusCode.FAILED)
                    .filter(activity -> activity.startTime() != null
                            && !activity.startTime().isBefore(since))
                    .map(activity -> shown(String.valueOf(activity.statusMessage())))
                    .findFirst()
                    .orElse("");
        } catch (SdkException failure) {
            return shown("why is not known: " + AwsFailures.classify(failure).words());
        }
    }

    /**
     * Sets the group's desired capacity.
     *
     * @param honorCooldown whether it is left as it is while the group cools down
     * @return false if the group cools down or is busy
     */
    boolean setDesired(String group, int desired, boolean honorCooldown) {
        try {
            autoScaling.setDesiredCapacity(
                    r -> r.autoScalingGroupName(group).desiredCapacity(desired).honorCooldown(honorCooldown));
            return true;
        } catch (ScalingActivityInProgressException busy) {
            // Expected on the way in: the next minute tries again. On the way out no cooldown was asked for.
            if (honorCooldown) {
                return false;
            }
            throw busy;
        }
    }

    private static String shown(String text) {
        return text.length() <= MAX_NOTE ? text : text.substring(0, MAX_NOTE) + "…";
    }
}
