package dev.spillway.driver;

import dev.spillway.common.aws.AwsFailure;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.driver.chain.FallbackChain;
import dev.spillway.driver.chain.Material;
import dev.spillway.driver.chain.RecentRefusals;
import dev.spillway.driver.chain.Refusal;
import dev.spillway.driver.chain.RefusalMemory;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides, before anything is written, what to do first for a task. */
final class FirstLaunch {

    private final FallbackChain chain;
    private final RefusalMemory memory;

    FirstLaunch(FallbackChain chain, RefusalMemory memory) {
        this.chain = chain;
        this.memory = memory;
    }

    /** What to do first. */
    sealed interface Plan {

        /** Ask AWS for this capacity type. */
        record Ask(CapacityType capacityType, List<Refusal> passedOver) implements Plan {}

        /**
         * Put the task into the table and ask nothing now.
         *
         * @param forRoom whether it is room that is missing, which freed capacity can bring; if not, time has to
         */
        record Wait(String reason, boolean forRoom) implements Plan {}

        /** The task can never run. */
        record Fail(String reason) implements Plan {}
    }

    /** For a newcomer. */
    Plan plan(TaskRequest request, Material material, Instant now) {
        return plan(request, material, null, memory.at(now));
    }

    /**
     * For a waiting task that was released: what was refused before says nothing about the instances. Whether there is
     * room elsewhere, the first to ask finds out for the others.
     *
     * @param after the capacity type that the task was moved on from; null to begin at the chain's start
     * @param full what the release says is full
     */
    Plan planOfReleased(
            TaskRequest request, Material material, @Nullable CapacityType after, RecentRefusals full, Instant now) {
        return plan(request, material, after, full.or(memory.at(now).outsideEc2()));
    }

    private Plan plan(TaskRequest request, Material material, @Nullable CapacityType after, RecentRefusals recent) {
        return switch (material) {
            case Material.Ready ready ->
                switch (after == null
                        ? chain.first(request, ready, recent)
                        : chain.after(after, request, ready, recent)) {
                    case FallbackChain.Choice.Ask ask -> new Plan.Ask(ask.capacityType(), ask.passedOver());
                    case FallbackChain.Choice.Exhausted none -> nowhere(none.passedOver(), after);
                };
            case Material.Contradiction contradiction -> new Plan.Fail(contradiction.why());
            case Material.Missing missing -> unreadable(request, missing.why());
        };
    }

    private static Plan nowhere(List<Refusal> refusals, @Nullable CapacityType after) {
        if (after != null) {
            // What comes before may have room by now, and is asked next time.
            String rest = refusals.isEmpty() ? "nothing comes next in its chain" : Steps.sentences(refusals);
            return new Plan.Wait("no instance of " + after + " was to be had; " + rest, true);
        }
        String reason = Steps.sentences(refusals);
        boolean hopeless = refusals.stream().allMatch(Refusal.Unfit.class::isInstance);
        return hopeless ? new Plan.Fail(reason) : new Plan.Wait(reason, true);
    }

    private static Plan unreadable(TaskRequest request, AwsFailure why) {
        String words = unreadableWords(request, why);
        return switch (why) {
            case AwsFailure.Permanent p -> new Plan.Fail(words);
            case AwsFailure.Retryable r -> new Plan.Wait(words, false);
            case AwsFailure.NoCapacity n -> new Plan.Wait(words, false);
        };
    }

    /** What the user is told of a task definition that cannot be read. */
    static String unreadableWords(TaskRequest request, AwsFailure why) {
        ContainerWork work = request.container();
        return "taskDefinition: got \"" + (work == null ? "" : work.taskDefinition()) + "\", which ECS "
                + (why instanceof AwsFailure.Permanent ? "does not know" : "cannot say now") + " (" + why.words() + ")";
    }
}
