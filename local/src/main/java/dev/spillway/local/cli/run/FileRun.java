package dev.spillway.local.cli.run;

import dev.spillway.local.cli.terminal.StopSignal;
import dev.spillway.local.cli.terminal.Terminal;
import dev.spillway.local.cli.text.PlainText;
import dev.spillway.local.system.LocalSystem;
import dev.spillway.local.system.SystemFactory;
import dev.spillway.local.system.SystemOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Runs all lines of a file through a system of their own, and tells a person how it went. */
public final class FileRun {

    /** How a run went. */
    public enum Outcome {
        ALL_SUCCEEDED,
        SOME_DID_NOT,
        STOPPED
    }

    private static final int LOGS_NAMED = 5;

    private final SystemFactory systems;
    private final Terminal terminal;
    private final Clock clock;
    private final StopSignal stopSignal;
    private final Inbox inbox;

    public FileRun(SystemFactory systems, Terminal terminal, Clock clock, StopSignal stopSignal, Inbox inbox) {
        this.systems = systems;
        this.terminal = terminal;
        this.clock = clock;
        this.stopSignal = stopSignal;
        this.inbox = inbox;
    }

    /**
     * Starts the system, runs, reports, and stops the system.
     *
     * @param report where the whole is written
     * @throws IOException if the report cannot be written
     */
    public Outcome run(List<Line> lines, SystemOptions options, Path report) throws IOException {
        Instant began = clock.instant();
        stopSignal.onStop(() -> inbox.put(new RunEvent.Stopped()));
        RunState state = new RunState(lines, began);
        try (LocalSystem system = systems.start(options)) {
            system.onRecord(record -> inbox.put(new RunEvent.Recorded(record)));
            RunEnd end = follow(state, lines, system);
            List<Row> rows = state.rows();
            Tally tally = Tally.of(lines.size(), rows);
            RunSummary.lines(rows, terminal.width(), report.toString()).forEach(terminal.out()::println);
            terminal.out().println();
            terminal.out().println(RunText.totals(tally) + tookSince(began) + ending(end));
            nameLogs(rows, system, options.runDirectory());
            ReportFile.write(RunReport.of(tally, rows), report);
            terminal.out().println("Report: " + report);
            return outcome(end, tally);
        }
    }

    private RunEnd follow(RunState state, List<Line> lines, LocalSystem system) {
        Queues queues = new Queues(system.sqs(), system.taskQueueUrl(), system.deadLetterQueueUrl());
        try (Progress progress = terminal.live()
                        ? new BarProgress(terminal.out(), lines.size(), terminal.width())
                        : new PlainProgress(terminal.out());
                Sender sender = new Sender(system.sqs(), system.taskQueueUrl(), inbox::put)) {
            sender.start(lines);
            return new RunFollower(state, inbox, queues, progress, clock).follow();
        }
    }

    private String tookSince(Instant began) {
        return " It took " + PlainText.duration(Duration.between(began, clock.instant())) + ".";
    }

    private static String ending(RunEnd end) {
        return switch (end) {
            case NOT_YET, LULL, COMPLETE -> "";
            case STUCK -> " What is left has had no news for a while, and nothing runs.";
            case STOPPED -> " Stopped before the end.";
        };
    }

    private void nameLogs(List<Row> rows, LocalSystem system, Path runDirectory) {
        rows.stream()
                .filter(row -> row.record() != null && row.state().isEnd() && row.state() != Row.State.SUCCEEDED)
                .map(row -> system.logOf(row.name()))
                .filter(Files::exists)
                .limit(LOGS_NAMED)
                .forEach(log -> terminal.out().println("Log of a task that did not succeed: " + log));
        terminal.out().println("Logs: " + runDirectory);
    }

    private static Outcome outcome(RunEnd end, Tally tally) {
        if (end == RunEnd.STOPPED) {
            return Outcome.STOPPED;
        }
        return tally.isAllSucceeded() ? Outcome.ALL_SUCCEEDED : Outcome.SOME_DID_NOT;
    }
}
