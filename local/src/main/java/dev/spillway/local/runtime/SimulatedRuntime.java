package dev.spillway.local.runtime;

import dev.spillway.local.time.Scheduled;
import dev.spillway.local.time.Timeline;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Runs nothing: a container is a duration and an exit code. Both come from its environment, {@code SIMULATED_SECONDS}
 * (decimal) and {@code SIMULATED_EXIT_CODE}; else it takes the default duration and exits with 0. A stopped one exits
 * at once with 143, a killed one with 137, as a program does that lets the signals end it.
 */
public final class SimulatedRuntime implements ContainerRuntime {

    /** The environment variable with the seconds that a container takes. */
    public static final String SECONDS = "SIMULATED_SECONDS";

    /** The environment variable with the exit code of a container that nobody stops. */
    public static final String EXIT_CODE = "SIMULATED_EXIT_CODE";

    private static final int SIGTERM_EXIT = 143;
    private static final int SIGKILL_EXIT = 137;

    private final Timeline timeline;
    private final Duration defaultDuration;
    private final Set<Simulated> running = ConcurrentHashMap.newKeySet();

    /**
     * A runtime on the given timeline.
     *
     * @param defaultDuration of a container whose environment names none
     */
    public SimulatedRuntime(Timeline timeline, Duration defaultDuration) {
        this.timeline = timeline;
        this.defaultDuration = defaultDuration;
    }

    @Override
    public RunningContainer start(ContainerRun run, Consumer<ContainerExit> onExit) {
        Duration duration;
        int exitCode;
        try {
            duration = duration(run.environment());
            exitCode = Integer.parseInt(run.environment().getOrDefault(EXIT_CODE, "0"));
        } catch (ArithmeticException | NumberFormatException e) {
            onExit.accept(new ContainerExit.NotStarted(
                    "CannotStartContainerError: " + SECONDS + " and " + EXIT_CODE + " must be numbers"));
            return NOTHING;
        }
        Simulated container = new Simulated(onExit);
        running.add(container);
        container.end = timeline.schedule(duration, () -> container.exit(exitCode));
        return container;
    }

    private Duration duration(Map<String, String> environment) {
        String seconds = environment.get(SECONDS);
        if (seconds == null) {
            return defaultDuration;
        }
        return Duration.ofNanos(new BigDecimal(seconds).movePointRight(9).longValueExact());
    }

    @Override
    public void close() {
        running.forEach(RunningContainer::kill);
    }

    private static final RunningContainer NOTHING = new RunningContainer() {
        @Override
        public void stop() {}

        @Override
        public void kill() {}
    };

    private final class Simulated implements RunningContainer {
        private final Consumer<ContainerExit> onExit;
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile Scheduled end = () -> {};

        Simulated(Consumer<ContainerExit> onExit) {
            this.onExit = onExit;
        }

        @Override
        public void stop() {
            exit(SIGTERM_EXIT);
        }

        @Override
        public void kill() {
            exit(SIGKILL_EXIT);
        }

        void exit(int code) {
            if (ended.compareAndSet(false, true)) {
                end.cancel();
                running.remove(this);
                onExit.accept(new ContainerExit.Exited(code));
            }
        }
    }
}
