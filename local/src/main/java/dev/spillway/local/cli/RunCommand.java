package dev.spillway.local.cli;

import dev.spillway.local.cli.run.FileRun;
import dev.spillway.local.cli.run.Line;
import dev.spillway.local.cli.run.LineReader;
import dev.spillway.local.cli.run.QueueInbox;
import dev.spillway.local.cli.run.ReportFile;
import dev.spillway.local.cli.run.UnreadableFileException;
import dev.spillway.local.system.SystemOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./spillway run}: sends the messages of a file through a system of their own, and waits for all ends. */
@Command(
        name = "run",
        description = {
            "Starts Spillway on this machine, sends each line of FILE as one message, and waits until every task has"
                    + " ended. Then shows a table of all tasks and stops.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all tasks succeeded",
            "1:some did not; the table says which, and why",
            "2:wrong usage, FILE cannot be read, or the report not written",
            "130:stopped by Ctrl-C; the table says how far it was"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./spillway run examples/word-count.jsonl",
            "  ./spillway run examples/word-count.jsonl --instances 1 --report out.json",
            "  echo '{\"taskDefinition\":\"spillway-word-count\",\"command\":[\"echo\",\"hello\"]}' | ./spillway run -"
        })
final class RunCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";
    private static final int MAX_INTERRUPTIONS = 100;
    private static final Duration TICK = Duration.ofMillis(100);

    private final Surroundings here;

    @Parameters(
            paramLabel = "FILE",
            description = "UTF-8 text with one JSON message on each line; - is standard input.")
    private String file = "";

    @Mixin
    private final SystemFlags system = new SystemFlags();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write all that is known of every task to this file, as JSON.")
    private @Nullable Path report;

    private int interruptions;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--interrupt",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Take a Spot Instance away N times while tasks run on it; a new one takes its place."
                            + " The tasks run again, at no cost in attempts. The notice is 0.05 seconds here, 2 minutes in AWS.")
    void setInterruptions(int value) {
        if (value < 0 || value > MAX_INTERRUPTIONS) {
            throw new ParameterException(
                    command.commandLine(), "--interrupt must be 0 to " + MAX_INTERRUPTIONS + ", and not " + value);
        }
        interruptions = value;
    }

    RunCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws UnreadableFileException, IOException {
        List<Line> lines = STANDARD_INPUT.equals(file)
                ? LineReader.read("Standard input", here.standardInput())
                : LineReader.read(Path.of(file));
        if (report != null) {
            ReportFile.check(report);
        }
        Path directory = RunDirectory.create(here.projectDirectory(), here.clock());
        RunLog.into(directory);
        SystemOptions options = system.options(interruptions, 0, 0, directory, here.projectDirectory());
        FileRun run =
                new FileRun(here.systems(), here.terminal(), here.clock(), here.stopSignal(), new QueueInbox(TICK));
        return switch (run.run(lines, options, report == null ? directory.resolve("report.json") : report)) {
            case ALL_SUCCEEDED -> ExitCode.ALL_SUCCEEDED;
            case SOME_DID_NOT -> ExitCode.SOME_DID_NOT;
            case STOPPED -> ExitCode.STOPPED;
        };
    }
}
