package dev.spillway.local.managedscaling;

/**
 * {@code CapacityProviderReservation} = M ÷ N × 100, where N is the number of instances and M the number that the tasks
 * need (AWS containers blog, "Deep Dive on Amazon ECS Cluster Auto Scaling"; ECS developer guide, "Amazon ECS managed
 * scaling behavior").
 */
final class Reservation {

    private static final double ALL = 100;

    /** From nothing, whatever is needed (aws/containers-roadmap#961, #1716). */
    private static final double FROM_NOTHING = 200;

    private Reservation() {}

    /**
     * The metric.
     *
     * @param busy instances that have tasks
     * @param idle instances that have none
     * @param missing instances that the waiting tasks need at least; 0 if none waits that an instance could hold
     * @param minimumStep the fewest instances that come at once
     * @param maximumStep the most that come at once
     */
    static double percent(int busy, int idle, int missing, int minimumStep, int maximumStep) {
        int instances = busy + idle;
        if (instances == 0) {
            return missing == 0 ? ALL : FROM_NOTHING;
        }
        int needed = missing == 0 ? busy : instances + Math.max(minimumStep, Math.min(maximumStep, missing));
        return ALL * needed / instances;
    }
}
