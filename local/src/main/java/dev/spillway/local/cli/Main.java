package dev.spillway.local.cli;

import dev.spillway.local.cli.deployment.OpenDeployments;
import dev.spillway.local.cli.deployment.UnreachableException;
import dev.spillway.local.cli.run.UnreadableFileException;
import dev.spillway.local.cli.terminal.ProcessExit;
import dev.spillway.local.cli.terminal.StopSignal;
import dev.spillway.local.cli.terminal.Terminal;
import dev.spillway.local.cli.up.UpFile;
import dev.spillway.local.loopback.PortInUseException;
import dev.spillway.local.system.SystemFactory;
import dev.spillway.local.system.SystemStartException;
import dev.spillway.local.system.TemplateSystem;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code ./spillway}. */
@Command(
        name = "./spillway",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Runs any container on AWS at the lowest price that can start it now. On this machine the same code runs"
                    + " whole: a message goes to SQS, the driver places its task on EC2, or on Fargate when EC2 is full,"
                    + " and the table says what became of it.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./spillway run examples/word-count.jsonl   run a file of messages to their end",
            "  ./spillway up                              stay up for messages from the AWS CLI",
            "  ./spillway demo                            watch a simulated day of a cluster in the browser",
            "  ./spillway status hello                    what became of the task hello",
            "  ./spillway run --help                      all about one command"
        })
public final class Main {

    /** Directory of the repository; set by the launcher. */
    private static final String HOME = "spillway.home";

    /** Width of the terminal; set by the launcher, and only if standard output is one. */
    private static final String COLUMNS = "spillway.columns";

    /** File that tells the launcher of the first start; set by the launcher. */
    private static final String MARK = "spillway.mark";

    /** Picocli refuses to write narrower help; it would refuse each command of a narrow terminal. */
    private static final int LEAST_HELP_WIDTH = 55;

    private static final int MOST_HELP_WIDTH = 100;

    private Main() {}

    public static void main(String[] args) {
        SystemFactory systems = TemplateSystem::start;
        Clock clock = Clock.system(ZoneId.systemDefault());
        String mark = System.getProperty(MARK);
        StopSignal stopSignal = new StopSignal();
        ProcessExit process = ProcessExit.listen(stopSignal);
        Path home = Path.of(System.getProperty(HOME, "")).toAbsolutePath();
        Surroundings here = new Surroundings(
                mark == null ? systems : StartMark.around(systems, Path.of(mark), clock),
                new OpenDeployments(home),
                Terminal.of(System.out, System.err, System.getenv(), System.getProperty(COLUMNS, "")),
                System.in,
                clock,
                stopSignal,
                home);
        process.exit(execute(here, args));
    }

    /** Runs a command, and returns the exit code. */
    static int execute(Surroundings here, String... args) {
        Terminal terminal = here.terminal();
        CommandLine commands = withHelp(new Main())
                .addSubcommand(withHelp(new RunCommand(here)))
                .addSubcommand(withHelp(new UpCommand(here)))
                .addSubcommand(withHelp(new DemoCommand(here)))
                .addSubcommand(withHelp(new StatusCommand(here)))
                .addSubcommand(withHelp(new ListCommand(here)))
                .addSubcommand(withHelp(new CancelCommand(here)))
                .addSubcommand(withHelp(new LogsCommand(here)))
                .registerConverter(int.class, WholeNumber::ofInt)
                .registerConverter(Integer.class, WholeNumber::ofInt)
                .registerConverter(long.class, WholeNumber::ofLong)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(Math.clamp(terminal.width(), LEAST_HELP_WIDTH, MOST_HELP_WIDTH))
                .setOut(writer(terminal.out()))
                .setErr(writer(terminal.err()))
                .setParameterExceptionHandler((wrong, given) -> explain(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> tell(failure, here));
        return commands.execute(isUnknownCommand(commands, args) ? new String[] {args[0]} : args);
    }

    /** With --help behind it, picocli would show the general help, as if there were such a command. */
    private static boolean isUnknownCommand(CommandLine commands, String... args) {
        return args.length > 0
                && !args[0].startsWith("-")
                && !commands.getSubcommands().containsKey(args[0]);
    }

    private static CommandLine withHelp(Object command) {
        return new CommandLine(command).addMixin("help", new HelpFlag());
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    /** One sentence and a pointer: the whole help after each slip of the finger hides what was wrong. */
    private static int explain(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println(sentence(wrong));
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.WRONG_USAGE;
    }

    private static String sentence(ParameterException wrong) {
        boolean commandIsMissing = wrong.getCommandLine().getParent() == null;
        if (commandIsMissing && wrong instanceof CommandLine.UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().getFirst();
            if (!first.startsWith("-")) {
                return "There is no command '" + first + "'.";
            }
        }
        return String.valueOf(wrong.getMessage());
    }

    private static int tell(Exception failure, Surroundings here) throws Exception {
        Terminal terminal = here.terminal();
        if (failure instanceof UnreadableFileException
                || failure instanceof SystemStartException
                || failure instanceof PortInUseException
                || failure instanceof UnreachableException) {
            terminal.err().println(failure.getMessage());
            if (failure instanceof PortInUseException) {
                UpFile.ofRunning(here.projectDirectory())
                        .ifPresent(up -> terminal.err().println(alreadyUp(up)));
            }
            return ExitCode.WRONG_USAGE;
        }
        if (failure instanceof FileSystemException file) {
            terminal.err().println("Spillway cannot use the file " + file.getMessage() + ".");
            return ExitCode.WRONG_USAGE;
        }
        if (failure instanceof IOException io) {
            terminal.err().println("Spillway cannot use a file of its own: " + io.getMessage() + ".");
            return ExitCode.WRONG_USAGE;
        }
        // A defect: picocli prints the stack trace, which whoever mends it needs.
        throw failure;
    }

    /** Most often the other program is a Spillway that was forgotten in another terminal. */
    private static String alreadyUp(UpFile up) {
        return "A Spillway is up here already, as process " + up.pid() + "; ./spillway list shows its tasks.";
    }
}
