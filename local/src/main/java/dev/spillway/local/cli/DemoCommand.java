package dev.spillway.local.cli;

import dev.spillway.local.demo.Demo;
import dev.spillway.local.page.LocalPage;
import dev.spillway.local.page.spend.Spend;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./spillway demo}: a simulated day to watch in a browser. */
@Command(
        name = "demo",
        description = {
            "Simulates a day of the cluster that template.yaml deploys, faster than real time, and shows it on a page: a"
                    + " burst of 300 tasks on an empty cluster spills over to Fargate, instances come, later work runs on"
                    + " them, Spot capacity goes and comes back, a waiting line grows and shrinks, and at night the"
                    + " cluster is empty again. Nothing really runs, and AWS is not asked. Listens on this machine only"
                    + " (127.0.0.1), and stays up after the day until Ctrl-C.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:stopped by Ctrl-C or SIGTERM", "2:wrong usage, or the port is in use"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./spillway demo                a day in twelve minutes",
            "  ./spillway demo --speed 1440   a day in one minute",
            "  ./spillway demo --seed 7       another day"
        })
final class DemoCommand implements Callable<Integer> {

    private static final int MAX_SPEED = 10_000;
    private static final int MAX_PORT = 65_535;
    private static final Duration TICK = Duration.ofMillis(50);

    /** What is caught up with at once after the machine was busy with something else. */
    private static final Duration LONGEST_TICK = Duration.ofMillis(200);

    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final Surroundings here;

    @Spec
    private CommandSpec command = CommandSpec.create();

    private int speed;
    private int pagePort;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "The one source of chance: the same seed gives the same day (default: ${DEFAULT-VALUE}).")
    private long seed;

    DemoCommand(Surroundings here) {
        this.here = here;
    }

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "120",
            description = "How many times faster than real time, 1 to 10,000 (default: ${DEFAULT-VALUE}).")
    void setSpeed(int value) {
        if (value < 1 || value > MAX_SPEED) {
            throw wrong("--speed must be 1 to 10,000, and not " + value);
        }
        speed = value;
    }

    @Option(
            names = "--page-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Where the page listens (default: ${DEFAULT-VALUE}); 0 is any free port.")
    void setPagePort(int value) {
        if (value < 0 || value > MAX_PORT) {
            throw wrong("--page-port must be 0 (any free port) to 65535, and not " + value);
        }
        pagePort = value;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    @Override
    public Integer call() throws IOException {
        RunLog.into(RunDirectory.create(here.projectDirectory(), here.clock()));
        PrintStream out = here.terminal().out();
        Path template = here.projectDirectory().resolve("template.yaml");
        Demo demo = new Demo(template, seed, speed, out::println);
        try (LocalPage page = LocalPage.start(pagePort, "--page-port", demo)) {
            out.println("Watch a simulated day at " + page.address() + ", " + speed + " times faster than real time."
                    + " Ctrl-C stops it.");
            out.println();
            watch(demo);
            if (demo.isOver()) {
                out.println(result(demo.now().spend()));
                while (!here.stopSignal().await(FOR_EVER)) {
                    // The page is there to be read.
                }
            }
            out.println("Stopping.");
        }
        return ExitCode.DONE;
    }

    /** Until the end of the day, or the stop. */
    private void watch(Demo demo) {
        Instant last = here.clock().instant();
        while (!demo.isOver() && !here.stopSignal().await(TICK)) {
            Instant now = here.clock().instant();
            Duration passed = Duration.between(last, now);
            last = now;
            demo.advance((passed.compareTo(LONGEST_TICK) > 0 ? LONGEST_TICK : passed).multipliedBy(speed));
        }
    }

    private static String result(Spend spend) {
        return String.format(
                Locale.ROOT,
                "Paid for containers: $%.2f. On Fargate alone they would have cost $%.2f.",
                spend.containers().dollars(),
                spend.fargateAlone().dollars());
    }
}
