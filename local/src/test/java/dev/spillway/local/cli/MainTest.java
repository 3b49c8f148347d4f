package dev.spillway.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.local.cli.deployment.OpenDeployments;
import dev.spillway.local.cli.terminal.StopSignal;
import dev.spillway.local.cli.terminal.Terminal;
import dev.spillway.local.cli.up.UpFile;
import dev.spillway.local.system.RuntimeKind;
import dev.spillway.local.system.SystemFactory;
import dev.spillway.local.system.SystemOptions;
import dev.spillway.local.system.SystemStartException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @TempDir
    Path directory;

    private final FakeSystem system = new FakeSystem();
    private final List<SystemOptions> started = new ArrayList<>();
    private final StopSignal stopSignal = new StopSignal();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String standardInput = "";
    private int width = 120;

    @Test
    void runsAFileToItsEnd() throws Exception {
        Path report = directory.resolve("out.json");

        int code = spillway("run", file("{}", "", "{\"a\": \"bad\"}", "{}"), "--report", report.toString());

        assertThat(code).isEqualTo(1);
        assertThat(out())
                .contains("line 3 REJECTED: not JSON", "3 tasks: 2 succeeded, 1 rejected.", "Report: " + report);
        JsonNode totals = new ObjectMapper().readTree(report.toFile()).get("totals");
        assertThat(totals.get("submitted").intValue()).isEqualTo(3);
        assertThat(totals.get("rejected").intValue()).isEqualTo(1);
        assertThat(system.isClosed()).isTrue();
    }

    @Test
    void saysSoWhenAllSucceeded() throws Exception {
        assertThat(spillway("run", file("{}", "{}"))).isEqualTo(0);
        assertThat(out()).contains("2 tasks: 2 succeeded.");
    }

    @Test
    void losesNoLineOfALargeFile() throws Exception {
        String[] lines = IntStream.range(0, 1_003).mapToObj(n -> "{}").toArray(String[]::new);

        assertThat(spillway("run", file(lines))).isEqualTo(0);
        assertThat(out()).contains("1,003 tasks: 1,003 succeeded.", "… and 998 more tasks; the whole is in ");
    }

    @Test
    void sendsTheOthersWhenSqsRefusesALine() throws Exception {
        assertThat(spillway("run", file("{}", FakeSqs.SPOILS_BATCH, "{}", FakeSqs.REFUSED)))
                .isEqualTo(1);
        assertThat(out())
                .contains("2 succeeded, 2 rejected")
                .contains("line 2 REJECTED: SQS does not take this message: invalid characters")
                .contains("line 4 REJECTED: SQS does not take this message: too large");
    }

    @Test
    void readsStandardInput() {
        standardInput = "{}\n{\"a\": \"fail\"}\n";

        assertThat(spillway("run", "-")).isEqualTo(1);
        assertThat(out()).contains("1 succeeded, 1 failed");
    }

    @Test
    void tellsWhatIsKnownWhenItIsStopped() throws Exception {
        system.sqs().inFlight(1);
        system.onRecord(record -> stopSignal.stop());

        assertThat(spillway("run", file("{}"))).isEqualTo(130);
        assertThat(out()).contains("Stopped before the end.");
        assertThat(system.isClosed()).isTrue();
    }

    @Test
    void handsTheOptionsOn() throws Exception {
        spillway("run", file("{}"), "--instances", "5", "--instance-type", "c5.xlarge", "--runtime", "simulated");

        SystemOptions options = started.getFirst();
        assertThat(options)
                .isEqualTo(new SystemOptions(
                        5, "c5.xlarge", RuntimeKind.SIMULATED, 0, 0, 0, options.runDirectory(), directory));
        assertThat(options.runDirectory()).isDirectory().hasParent(directory.resolve(".spillway/runs"));
    }

    @Test
    void handsTheModeOfTheGroupsOnAndRefusesAnother() throws Exception {
        spillway("run", file("{}"), "--ec2-capacity-mode", "ManagedScaling");

        assertThat(started.getFirst().parameters()).containsExactly(Map.entry("Ec2CapacityMode", "ManagedScaling"));
        assertThat(spillway("run", file("{}"), "--ec2-capacity-mode", "SimpleScaling"))
                .isEqualTo(2);
    }

    @Test
    void givesEachRunItsOwnDirectory() throws Exception {
        spillway("run", file("{}"));
        spillway("run", file("{}"));

        assertThat(started).extracting(SystemOptions::runDirectory).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "walk",
                "run",
                "run no-such-file",
                "run - --instances -1",
                "run - --instances many",
                "run - --runtime magic",
                "run - --report no/such/directory/out.json",
                "up --sqs-port 70000",
                "up --color red",
                "up --page-port -1",
                "demo --speed 0",
                "demo --speed 10001",
                "demo --page-port 65536",
                "demo now",
                "status",
                "status a/b",
                "status a --stack s --table t",
                "status a --region eu-west-1",
                "list --status asleep",
                "list --limit 0",
                "cancel a --queue-url http://127.0.0.1/q",
                "logs a --run 1 --follow",
                "logs a --run 0",
                "up --sqs-port 8000",
                "up --page-port 9324",
                "up --dynamodb-port 7000 --page-port 7000",
                "demo --seed one",
            })
    void explainsWrongUsageInOneSentence(String arguments) {
        standardInput = "{}";

        assertThat(spillway(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);
        assertThat(err()).isNotBlank().doesNotContain("Exception", "\tat ");
        assertThat(err().lines()).hasSizeLessThanOrEqualTo(3);
        assertThat(started).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            walk | There is no command 'walk'.
            walk --help | There is no command 'walk'.
            run - --instances many | Invalid value for option '--instances': 'many' is not a whole number
            run - --instances 99999999999 | Invalid value for option '--instances': '99999999999' is too large a number
            demo --seed 1.5 | Invalid value for option '--seed': '1.5' is not a whole number
            up --sqs-port 8000 | --sqs-port and --dynamodb-port must differ, and both are 8000
            logs a --run 0 | --run must be 1 or more, and not 0
            """)
    void saysWhatWasGotAndWhatIsWanted(String arguments, String sentence) {
        assertThat(spillway(arguments.split(" "))).isEqualTo(2);
        assertThat(err().lines()).first().isEqualTo(sentence);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void namesTheReportThatADiskWithoutRoomDoesNotTake() throws Exception {
        assertThat(spillway("run", file("{}"), "--report", "/dev/full")).isEqualTo(2);
        assertThat(out()).contains("1 task: 1 succeeded.");
        assertThat(err())
                .startsWith("Spillway cannot use the file /dev/full: No space left on device.")
                .hasLineCount(1);
        assertThat(system.isClosed()).isTrue();
    }

    @Test
    void worksInATerminalThatIsNarrowerThanTheHelp() throws Exception {
        width = 40;

        assertThat(spillway("run", file("{}"))).isEqualTo(0);
        assertThat(spillway("run", "--help")).isEqualTo(0);
    }

    @Test
    void saysWhyASystemCannotStart() {
        int code = execute(
                options -> {
                    throw new SystemStartException("Port 9324 is in use.");
                },
                "up");

        assertThat(code).isEqualTo(2);
        assertThat(err()).isEqualTo("Port 9324 is in use." + System.lineSeparator());
    }

    @Test
    void saysWhichFileItCannotUse() throws Exception {
        Files.writeString(directory.resolve(".spillway"), "in the way");

        assertThat(spillway("up")).isEqualTo(2);
        assertThat(err()).startsWith("Spillway cannot use the file ").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "run --help",
                "up --help",
                "demo --help",
                "status --help",
                "list --help",
                "cancel --help",
                "logs --help"
            })
    void teaches(String arguments) {
        assertThat(spillway(arguments.split(" "))).isEqualTo(0);
        assertThat(out()).contains("Usage: ./spillway", "Examples:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status a", "list", "cancel a", "logs a"})
    void saysHowToGetASpillwayToTalkTo(String arguments) {
        assertThat(spillway(arguments.split(" "))).isEqualTo(2);
        assertThat(err())
                .isEqualTo(
                        "No Spillway is up here: start one with ./spillway up, or name a deployed one with --stack or"
                                + " --table and --queue-url." + System.lineSeparator());
    }

    @Test
    void tellsWhereItIsUpForAsLongAsItIs() throws Exception {
        List<UpFile> found = new ArrayList<>();
        stopSignal.stop();
        Path upFile = directory.resolve(".spillway/up.json");

        execute(
                options -> {
                    assertThat(upFile).doesNotExist();
                    return new FakeSystem() {
                        @Override
                        public void onRecord(Consumer<TaskRecord> listener) {
                            found.add(readUpFile());
                        }
                    };
                },
                "up",
                "--page-port",
                "0");

        assertThat(found).extracting(UpFile::taskQueueUrl).containsExactly(system.taskQueueUrl());
        assertThat(upFile).doesNotExist();
    }

    private UpFile readUpFile() {
        try {
            return UpFile.read(directory).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void staysUpUntilItIsStopped() {
        stopSignal.stop();

        assertThat(spillway("up", "--sqs-port", "0", "--dynamodb-port", "8001", "--page-port", "0"))
                .isEqualTo(0);
        assertThat(started.getFirst().sqsPort()).isEqualTo(0);
        assertThat(started.getFirst().dynamoDbPort()).isEqualTo(8001);
        assertThat(out())
                .containsPattern("Page +http://127.0.0.1:\\d+/")
                .contains("Spillway is up.", "sqs send-message --endpoint-url http://127.0.0.1:9324");
        assertThat(system.isClosed()).isTrue();
    }

    @Test
    void saysWhenThePortOfThePageIsInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = other.getLocalPort();

            assertThat(spillway("up", "--page-port", Integer.toString(port))).isEqualTo(2);
            assertThat(err().strip())
                    .isEqualTo("Port %d is in use by another program; choose another with --page-port.", port);
            assertThat(system.isClosed()).isTrue();
        }
    }

    @Test
    void namesTheSpillwayThatIsUpAlreadyWhereAPortIsInUse() throws Exception {
        Files.createDirectory(directory.resolve(".spillway"));
        UpFile other = UpFile.of(system, directory);
        other.write(directory);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            spillway("up", "--page-port", Integer.toString(taken.getLocalPort()));

            assertThat(err().lines())
                    .last()
                    .isEqualTo("A Spillway is up here already, as process " + other.pid()
                            + "; ./spillway list shows its tasks.");
        }
    }

    private int spillway(String... arguments) {
        return execute(
                options -> {
                    started.add(options);
                    return system;
                },
                arguments);
    }

    private int execute(SystemFactory systems, String... arguments) {
        Terminal terminal =
                new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false, false, width);
        Surroundings here = new Surroundings(
                systems,
                new OpenDeployments(directory),
                terminal,
                new ByteArrayInputStream(standardInput.getBytes(UTF_8)),
                Clock.systemUTC(),
                stopSignal,
                directory);
        return Main.execute(here, arguments);
    }

    private String file(String... lines) throws Exception {
        return Files.writeString(directory.resolve("jobs.jsonl"), String.join("\n", lines))
                .toString();
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }
}
