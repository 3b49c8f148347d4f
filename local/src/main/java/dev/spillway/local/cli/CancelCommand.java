package dev.spillway.local.cli;

import dev.spillway.common.message.MessageParser;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.cli.deployment.Cancelling;
import dev.spillway.local.cli.deployment.Deployment;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./spillway cancel}: sends a cancel message. */
@Command(
        name = "cancel",
        description = {
            "Cancels a task, whatever it is doing: one that waits is never started, one that runs is stopped. A task whose"
                    + " message has not been read yet will not be started either. Waits up to 10 seconds for the answer.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the task is cancelled; with --no-wait, the message was sent",
            "1:it had ended already, or is not cancelled yet",
            "2:wrong usage, or no Spillway to ask"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./spillway cancel hello",
            "  ./spillway cancel report-2026-11 --reason 'the numbers were wrong' --stack spillway"
        })
final class CancelCommand implements Callable<Integer> {

    private final Surroundings here;

    @Parameters(paramLabel = "TASK_ID", description = "The taskId of the message, or the message's SQS id.")
    private String id = "";

    private @Nullable String reason;

    @Option(names = "--no-wait", description = "Send the message, and do not wait for what comes of it.")
    private boolean noWait;

    @Mixin
    private final TargetFlags target = new TargetFlags();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for who reads the task's record later.")
    void setReason(String value) {
        if (value.codePointCount(0, value.length()) > MessageParser.MAX_REASON) {
            throw new ParameterException(
                    command.commandLine(), "--reason must be at most " + MessageParser.MAX_REASON + " characters");
        }
        reason = value;
    }

    CancelCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        TaskId taskId = target.taskId(id);
        return target.use(here.deployments(), deployment -> tell(taskId, cancel(taskId, deployment)));
    }

    private Cancelling.Outcome cancel(TaskId taskId, Deployment deployment) {
        Cancelling cancelling = new Cancelling(deployment, here.clock(), here.stopSignal()::await);
        return noWait ? cancelling.send(taskId, reason) : cancelling.cancel(taskId, reason);
    }

    private int tell(TaskId taskId, Cancelling.Outcome outcome) {
        return switch (outcome) {
            case Cancelling.Outcome.Cancelled cancelled ->
                done(
                        cancelled.known()
                                ? "Task " + taskId + " is " + Sentences.statusOf(cancelled.record())
                                : "Task " + taskId
                                        + " was not known yet; it will not be started when its message comes.");
            case Cancelling.Outcome.Sent ignored -> done("The cancel message for task " + taskId + " was sent.");
            case Cancelling.Outcome.EndedBefore ended -> {
                String sentence = "Task " + taskId + " had already ended: " + Sentences.statusOf(ended.record());
                yield ended.record().status() == TaskStatus.CANCELLED ? done(sentence) : notDone(sentence);
            }
            case Cancelling.Outcome.EndedMeanwhile ended ->
                notDone("Task " + taskId + " ended before it was cancelled: " + Sentences.statusOf(ended.record()));
            case Cancelling.Outcome.NotYet notYet ->
                notDone("The cancel message was sent, but task " + taskId + " is " + present(notYet.record())
                        + " still; look again with ./spillway status " + taskId);
        };
    }

    private static String present(@Nullable TaskRecord record) {
        return record == null ? "not known" : record.status().name();
    }

    private int done(String sentence) {
        here.terminal().out().println(sentence);
        return ExitCode.DONE;
    }

    private int notDone(String sentence) {
        here.terminal().err().println(sentence);
        return ExitCode.NOT_DONE;
    }
}
