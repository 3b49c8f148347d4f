package dev.spillway.local.cli;

import dev.spillway.local.cli.up.Banner;
import dev.spillway.local.cli.up.StatusLines;
import dev.spillway.local.cli.up.UpFile;
import dev.spillway.local.cli.up.UpPage;
import dev.spillway.local.system.LocalSystem;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** {@code ./spillway up}: a system that stays up for a person with the AWS CLI. */
@Command(
        name = "up",
        description = {
            "Starts Spillway on this machine and keeps it up. Send it messages with the AWS CLI or any AWS SDK; it prints"
                    + " the commands. A page shows charts, tasks and their records. Listens on this machine only (127.0.0.1).",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:stopped by Ctrl-C or SIGTERM", "2:wrong usage, or a port is in use"},
        footerHeading = "%nExamples:%n",
        footer = {"  ./spillway up", "  ./spillway up --instances 4 --instance-type c5.xlarge --sqs-port 0"})
final class UpCommand implements Callable<Integer> {

    private static final Duration LOOK_AT_DEAD_LETTERS = Duration.ofSeconds(2);

    private final Surroundings here;

    @Mixin
    private final SystemFlags system = new SystemFlags();

    @Option(
            names = "--sqs-port",
            paramLabel = "PORT",
            defaultValue = "9324",
            description = "Where SQS listens (default: ${DEFAULT-VALUE}); 0 is any free port.")
    private int sqsPort;

    @Option(
            names = "--dynamodb-port",
            paramLabel = "PORT",
            defaultValue = "8000",
            description = "Where DynamoDB listens (default: ${DEFAULT-VALUE}); 0 is any free port.")
    private int dynamoDbPort;

    @Option(
            names = "--page-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description =
                    "Where the page listens that shows charts and tasks (default: ${DEFAULT-VALUE}); 0 is any free"
                            + " port.")
    private int pagePort;

    UpCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws IOException {
        int sqs = system.port("--sqs-port", sqsPort);
        int dynamoDb = system.port("--dynamodb-port", dynamoDbPort);
        int pageAt = system.port("--page-port", pagePort);
        system.mustDiffer("--sqs-port", sqs, "--dynamodb-port", dynamoDb);
        system.mustDiffer("--sqs-port", sqs, "--page-port", pageAt);
        system.mustDiffer("--dynamodb-port", dynamoDb, "--page-port", pageAt);
        Path directory = RunDirectory.create(here.projectDirectory(), here.clock());
        RunLog.into(directory);
        PrintStream out = here.terminal().out();
        StatusLines lines = new StatusLines(here.clock().getZone());
        try (LocalSystem up =
                        here.systems().start(system.options(0, sqs, dynamoDb, directory, here.projectDirectory()));
                UpPage page = UpPage.start(pageAt, up, here.clock())) {
            UpFile file = UpFile.of(up, directory);
            file.write(here.projectDirectory());
            up.onRecord(record -> {
                page.see(record);
                lines.of(record).ifPresent(out::println);
            });
            Banner.lines(up, directory, page.address()).forEach(out::println);
            watchDeadLetters(up, out);
            out.println("Stopping.");
            file.remove(here.projectDirectory());
        }
        return ExitCode.ALL_SUCCEEDED;
    }

    /** Until the stop: a message without a readable id leaves no record, and would seem to be swallowed. */
    private void watchDeadLetters(LocalSystem up, PrintStream out) {
        int known = 0;
        while (!here.stopSignal().await(LOOK_AT_DEAD_LETTERS)) {
            int number = Integer.parseInt(up.sqs()
                    .getQueueAttributes(request -> request.queueUrl(up.deadLetterQueueUrl())
                            .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                    .attributes()
                    .getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0"));
            if (number > known) {
                out.println(Banner.deadLetters(number, up));
            }
            known = number;
        }
    }
}
