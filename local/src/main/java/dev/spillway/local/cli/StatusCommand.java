package dev.spillway.local.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.local.cli.deployment.Deployment;
import dev.spillway.local.cli.record.RecordJson;
import dev.spillway.local.cli.record.RecordText;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./spillway status}: all that is known of one task. */
@Command(
        name = "status",
        description = {
            "Shows what is known of a task: its status and why it is so, what it runs on, and its history from the"
                    + " message to the end. Environment, command and payload are not shown.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:here it is, whatever its status",
            "1:there is no such task",
            "2:wrong usage, or no Spillway to ask"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./spillway status hello",
            "  ./spillway status hello --json | jq -r .status",
            "  ./spillway status report-2026-11 --stack spillway --region eu-west-1"
        })
final class StatusCommand implements Callable<Integer> {

    /** JSON in ASCII: a terminal obeys some characters beyond it. */
    private static final ObjectWriter JSON =
            new ObjectMapper().writerWithDefaultPrettyPrinter().with(JsonGenerator.Feature.ESCAPE_NON_ASCII);

    private final Surroundings here;

    @Parameters(paramLabel = "TASK_ID", description = "The taskId of the message, or the message's SQS id.")
    private String id = "";

    @Option(names = "--json", description = "As JSON, with the names of the report of run.")
    private boolean json;

    @Mixin
    private final TargetFlags target = new TargetFlags();

    StatusCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        TaskId taskId = target.taskId(id);
        return target.use(here.deployments(), deployment -> show(taskId, deployment));
    }

    private int show(TaskId taskId, Deployment deployment) throws JsonProcessingException {
        Optional<TaskRecord> record = deployment.store().find(taskId);
        if (record.isEmpty()) {
            here.terminal().err().println(Sentences.noTask(taskId));
            return ExitCode.NOT_DONE;
        }
        if (json) {
            here.terminal().out().println(JSON.writeValueAsString(RecordJson.of(record.get())));
        } else {
            RecordText.lines(record.get(), here.clock().instant(), here.clock().getZone())
                    .forEach(here.terminal().out()::println);
        }
        return ExitCode.DONE;
    }
}
