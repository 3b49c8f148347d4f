package dev.spillway.local.cli;

import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.cli.deployment.Deployment;
import dev.spillway.local.cli.record.TaskList;
import dev.spillway.local.cli.terminal.Terminal;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./spillway list}: the newest tasks. */
@Command(
        name = "list",
        description = {"Shows tasks, the last updated first, with the reason for what did not succeed.", ""},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:here they are, if there are any", "2:wrong usage, or no Spillway to ask"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./spillway list",
            "  ./spillway list --status waiting",
            "  ./spillway list --status failed --limit 200 --stack spillway"
        })
final class ListCommand implements Callable<Integer> {

    private static final int MAX_LIMIT = 1_000;

    private final Surroundings here;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Only tasks of this one: ${COMPLETION-CANDIDATES}.")
    private @Nullable TaskStatus status;

    private int limit;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most this many, 1 to 1,000 (default: ${DEFAULT-VALUE}).")
    void setLimit(int value) {
        if (value < 1 || value > MAX_LIMIT) {
            throw new ParameterException(command.commandLine(), "--limit must be 1 to 1,000, and not " + value);
        }
        limit = value;
    }

    @Mixin
    private final TargetFlags target = new TargetFlags();

    ListCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        return target.use(here.deployments(), this::show);
    }

    private int show(Deployment deployment) {
        List<TaskStatus> statuses = status == null ? List.of(TaskStatus.values()) : List.of(status);
        List<TaskIndex.Summary> tasks = TaskList.newest(deployment.index(), statuses, limit);
        Terminal terminal = here.terminal();
        if (tasks.isEmpty()) {
            terminal.out().println(status == null ? "There are no tasks." : "No task is " + status + ".");
            return ExitCode.DONE;
        }
        TaskList.lines(tasks, here.clock().instant(), here.clock().getZone(), terminal.width())
                .forEach(terminal.out()::println);
        if (tasks.size() == limit) {
            terminal.out().println("There may be more: --limit shows up to 1,000.");
        }
        return ExitCode.DONE;
    }
}
