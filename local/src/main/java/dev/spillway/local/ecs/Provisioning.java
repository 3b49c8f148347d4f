package dev.spillway.local.ecs;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tasks that were accepted for a capacity provider with managed scaling and wait in PROVISIONING for room on its
 * instances (AWS containers blog, "Deep Dive on Amazon ECS Cluster Auto Scaling"; ECS developer guide, "Amazon ECS
 * standalone tasks"). They are placed, oldest first, as soon as something changes; ECS takes some seconds for that.
 *
 * <p>The blog says that a task waits between 10 and 30 minutes and is stopped then (aws/containers-roadmap#2381 quotes it).
 * Stop code and reason are not documented: the code is here that of a task that never started, with no containers, and
 * the words are this simulation's own. Methods are called with the world's lock.
 */
final class Provisioning {

    /**
     * "Tasks in PROVISIONING state per cluster" (ECS service quotas), which only tasks for capacity providers of Auto
     * Scaling groups count for.
     */
    static final int MAX_TASKS = 500;

    /** As programs know it that wait for it to pass (DIAGNijmegen/rse-grand-challenge#2013); a ClientException. */
    static final String QUOTA_REACHED = "Tasks provisioning capacity limit exceeded.";

    static final String GIVEN_UP = "The capacity provider brought no capacity for the task in time.";

    private static final Duration SHORTEST_WAIT = Duration.ofMinutes(10);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

    private final EcsWorld world;
    private final Consumer<SimTask> placed;
    private final Consumer<SimTask> giveUp;

    /**
     * Nobody waits yet.
     *
     * @param placed what happens to a task that has got an instance
     * @param giveUp what happens to a task that has waited for too long
     */
    Provisioning(EcsWorld world, Consumer<SimTask> placed, Consumer<SimTask> giveUp) {
        this.world = world;
        this.placed = placed;
        this.giveUp = giveUp;
    }

    /** A task waits from now on. */
    void add(SimTask task) {
        task.cluster.provisioning().add(task);
        Duration wait = SHORTEST_WAIT.plusSeconds(
                world.random.nextLong(LONGEST_WAIT.minus(SHORTEST_WAIT).toSeconds() + 1));
        world.timeline.schedule(
                wait,
                () -> world.lock.holding(() -> {
                    if (task.cluster.provisioning().contains(task)) {
                        giveUp.accept(task);
                    }
                }));
    }

    private record Wish(String capacityProvider, Placement.Request request) {}

    /** There may be room now: an instance has come or changed, or a task has left one. */
    void place(ClusterState cluster) {
        if (cluster.provisioning().isEmpty()) {
            return;
        }
        Set<Wish> refused = new HashSet<>();
        for (SimTask task : List.copyOf(cluster.provisioning())) {
            String provider = String.valueOf(task.destination.capacityProvider());
            Wish wish = new Wish(provider, Ec2Placement.wanted(task.launch));
            // What did not fit for one does not fit for the next that wants the same.
            if (refused.contains(wish)) {
                continue;
            }
            switch (Ec2Placement.place(wish.request(), Ec2Placement.candidates(cluster, provider), world)) {
                case Placement.Result.Placed place -> {
                    cluster.provisioning().remove(task);
                    SimInstance instance =
                            cluster.instance(place.instance().arn()).orElseThrow();
                    task.placeOn(instance, world.now());
                    instance.take(task);
                    world.publish(instance, cluster);
                    placed.accept(task);
                }
                case Placement.Result.Refused none -> refused.add(wish);
            }
        }
    }
}
