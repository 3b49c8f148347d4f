package dev.spillway.common.function;

import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a function does before SnapStart takes a snapshot of it, so that its first invocation in a restored copy finds
 * classes loaded and code compiled. Steps read, and never write: a deployment must not change what it deploys to.
 *
 * <p>A step that fails is logged and the next one is made. Priming only makes the first invocation faster, while a hook that
 * throws fails the deployment (Lambda developer guide, "Lambda SnapStart runtime hooks for Java"); and where a stack is new,
 * a role may not be known everywhere yet. What is really wrong the first invocation says, as it would without a snapshot.
 */
public final class Priming {

    private static final Logger LOG = LoggerFactory.getLogger(Priming.class);

    private final List<Step> steps;

    private Priming(List<Step> steps) {
        this.steps = steps;
    }

    private record Step(String name, Runnable work) {}

    /** Begins with a step. */
    public static Priming with(String name, Runnable work) {
        return new Priming(List.of(new Step(name, work)));
    }

    /** The same with one step more. */
    public Priming and(String name, Runnable work) {
        return new Priming(
                Stream.concat(steps.stream(), Stream.of(new Step(name, work))).toList());
    }

    /** Makes all steps. It never throws an exception. */
    public void run() {
        steps.forEach(Priming::run);
    }

    private static void run(Step step) {
        try {
            step.work().run();
        } catch (RuntimeException | LinkageError failure) {
            LOG.warn("the snapshot is taken without this step: {}", step.name(), failure);
        }
    }
}
