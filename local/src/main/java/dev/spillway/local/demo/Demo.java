package dev.spillway.local.demo;

import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.local.dashboard.Chart;
import dev.spillway.local.ecs.StartupTimes;
import dev.spillway.local.page.About;
import dev.spillway.local.page.Now;
import dev.spillway.local.page.PageSource;
import dev.spillway.local.page.Point;
import dev.spillway.local.page.TaskLine;
import dev.spillway.local.page.source.SystemSource;
import dev.spillway.local.page.spend.Prices;
import dev.spillway.local.simulation.SimulatedSystem;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The story and the system that it happens to. One thread lets the time pass; the page's requests are answered between
 * the steps, because the simulation is not made for several threads.
 */
public final class Demo implements PageSource {

    /** Short enough to see every run that a task loses. */
    private static final Duration STEP = Duration.ofSeconds(10);

    /** A day in as many points as there are pixels on a screen. */
    private static final Duration SPACING = Duration.ofSeconds(30);

    private static final Duration TO_MEET = Duration.ofSeconds(25);

    private final SimulatedSystem system;
    private final SystemSource source;
    private final List<Moment> moments;
    private final Consumer<String> narrator;
    private final int speed;
    private final Prices prices = Prices.read();
    private int happened;
    private String note = "";

    /**
     * The beginning of the day.
     *
     * @param speed how many times faster than real time the page is to say it goes
     * @param narrator is told what happens, a sentence each
     */
    public Demo(Path template, long seed, int speed, Consumer<String> narrator) {
        this.speed = speed;
        this.narrator = narrator;
        system = Story.world(template, seed)
                .startupTimes(new StartupTimes(Duration.ofSeconds(3), TO_MEET))
                .start();
        moments = Story.moments(seed);
        source = new SystemSource(system.cluster(), new SystemClock(), this::find, this::about, prices, SPACING);
        source.sample();
    }

    /** Lets time pass, but not beyond the end of the day. */
    public void advance(Duration time) {
        Instant end =
                end().isBefore(system.now().plus(time)) ? end() : system.now().plus(time);
        while (system.now().isBefore(end)) {
            step(end);
        }
    }

    private synchronized void step(Instant end) {
        Instant next = system.now().plus(STEP);
        next = next.isAfter(end) ? end : next;
        while (happened < moments.size()
                && !SimulatedSystem.START.plus(moments.get(happened).at()).isAfter(next)) {
            Moment moment = moments.get(happened++);
            Duration until = Duration.between(system.now(), SimulatedSystem.START.plus(moment.at()));
            system.runFor(until.isNegative() ? Duration.ZERO : until);
            moment.happens().accept(system);
            tell(moment.sentence());
        }
        system.runFor(Duration.between(system.now(), next));
        system.records().forEach(source::see);
        source.sample();
        if (isOver()) {
            tell("The day is over: nothing more happens. The page stays up until Ctrl-C in the terminal.");
        }
    }

    private void tell(String sentence) {
        if (!sentence.isEmpty()) {
            note = "%tR  %s".formatted(system.now().atZone(ZoneOffset.UTC), sentence);
            narrator.accept(note);
        }
    }

    /** Whether the day is over. */
    public synchronized boolean isOver() {
        return !system.now().isBefore(end());
    }

    private static Instant end() {
        return SimulatedSystem.START.plus(Story.LENGTH);
    }

    private About about() {
        return new About("a simulated day", speed, true, note, "", prices.sentence());
    }

    private Optional<TaskRecord> find(TaskId taskId) {
        return system.records().stream()
                .filter(record -> record.taskId().equals(taskId))
                .findFirst();
    }

    @Override
    public synchronized Now now() {
        return source.now();
    }

    @Override
    public synchronized List<Point> points(Instant after) {
        return source.points(after);
    }

    /** Metrics may be read while time passes, and a day of them takes a moment that would hold it up. */
    @Override
    public List<Chart> dashboard(Duration span) {
        return source.dashboard(span);
    }

    @Override
    public synchronized List<TaskLine> tasks(TaskFilter filter) {
        return source.tasks(filter);
    }

    @Override
    public synchronized Optional<TaskRecord> task(String taskId) {
        return source.task(taskId);
    }

    /** The system's clock. */
    private final class SystemClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("the day is told in UTC");
        }

        @Override
        public Instant instant() {
            return system.now();
        }
    }
}
