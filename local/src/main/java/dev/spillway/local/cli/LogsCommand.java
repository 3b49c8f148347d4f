package dev.spillway.local.cli;

import dev.spillway.common.task.TaskId;
import dev.spillway.local.cli.deployment.Deployment;
import dev.spillway.local.cli.deployment.NoLogException;
import dev.spillway.local.cli.deployment.RunOutput;
import dev.spillway.local.cli.terminal.PrintableOutput;
import dev.spillway.local.cli.text.PlainText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./spillway logs}: the output of a task. */
@Command(
        name = "logs",
        description = {
            "Prints the output of a task's containers: of its last run, or of another one. A task has several runs if it"
                    + " was retried or lost its instance. On AWS the output is read from CloudWatch Logs, where the task"
                    + " definition has the awslogs driver with a stream prefix.",
            "",
            "To a terminal, control characters are printed as �; to a file or a pipe, every byte as it is.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all was printed",
            "1:there is no such task, run or log",
            "2:wrong usage, or no Spillway to ask",
            "130:stopped by Ctrl-C"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./spillway logs hello",
            "  ./spillway logs report-2026-11 --run 1     the first of several runs",
            "  ./spillway logs report-2026-11 --follow    until the task ends"
        })
final class LogsCommand implements Callable<Integer> {

    private final Surroundings here;

    @Parameters(paramLabel = "TASK_ID", description = "The taskId of the message, or the message's SQS id.")
    private String id = "";

    @Option(names = "--run", paramLabel = "N", description = "The run, from 1 (default: the last one).")
    private @Nullable Integer run;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the task has ended.")
    private boolean follow;

    @Mixin
    private final TargetFlags target = new TargetFlags();

    @Spec
    private CommandSpec command = CommandSpec.create();

    LogsCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        if (follow && run != null) {
            throw new ParameterException(command.commandLine(), "--follow follows the last run: leave out --run");
        }
        if (run != null && run < 1) {
            throw new ParameterException(command.commandLine(), "--run must be 1 or more, and not " + run);
        }
        TaskId taskId = target.taskId(id);
        return target.use(here.deployments(), deployment -> print(taskId, deployment));
    }

    private int print(TaskId taskId, Deployment deployment) throws IOException {
        PrintStream out = here.terminal().out();
        if (here.terminal().person()) {
            try (PrintableOutput lines = new PrintableOutput(out)) {
                return copy(taskId, deployment, lines);
            }
        }
        int code = copy(taskId, deployment, out);
        out.flush();
        return code;
    }

    private int copy(TaskId taskId, Deployment deployment, OutputStream out) throws IOException {
        RunOutput output = new RunOutput(deployment, taskId, out);
        try {
            return tell(taskId, follow ? output.follow(here.stopSignal()::await) : output.copy(run));
        } catch (NoLogException elsewhere) {
            return notDone(String.valueOf(elsewhere.getMessage()));
        }
    }

    private int tell(TaskId taskId, RunOutput.Outcome outcome) {
        return switch (outcome) {
            case RunOutput.Outcome.Copied ignored -> ExitCode.DONE;
            case RunOutput.Outcome.Stopped ignored -> ExitCode.STOPPED;
            case RunOutput.Outcome.NoTask ignored -> notDone(Sentences.noTask(taskId));
            case RunOutput.Outcome.NoRun none ->
                notDone(
                        none.runs() == 0
                                ? "Task " + taskId + " has not run: it is " + Sentences.statusOf(none.record())
                                : "Task " + taskId + " has no run " + run + "; it has had "
                                        + PlainText.count(none.runs(), "run") + ".");
            case RunOutput.Outcome.NoOutput none ->
                notDone("The run " + none.run() + " has left no log. The task is " + Sentences.statusOf(none.record()));
        };
    }

    private int notDone(String sentence) {
        here.terminal().err().println(sentence);
        return ExitCode.NOT_DONE;
    }
}
