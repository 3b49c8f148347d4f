package dev.spillway.spotfallback;

/**
 * A metric of one thing.
 *
 * @param dimension name of the metric's one dimension
 * @param of that dimension's value
 */
record Series(String namespace, String metric, String dimension, String of) {

    /** A metric of a Spot Fleet (EC2 user guide, "Monitor your Spot Fleet using CloudWatch"). */
    static Series ofFleet(String metric, String fleetId) {
        return new Series("AWS/EC2Spot", metric, "FleetRequestId", fleetId);
    }

    /** A metric of a group that has its metrics enabled (Auto Scaling user guide, "Auto Scaling group metrics"). */
    static Series ofGroup(String metric, String group) {
        return new Series("AWS/AutoScaling", metric, "AutoScalingGroupName", group);
    }
}
