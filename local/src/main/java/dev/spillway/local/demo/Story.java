package dev.spillway.local.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.lambda.LambdaFunction;
import dev.spillway.local.runtime.SimulatedRuntime;
import dev.spillway.local.simulation.SimulatedSystem;
import dev.spillway.local.simulation.SimulatedSystemBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/** What happens on the day: the same for the same seed. */
final class Story {

    static final Duration LENGTH = Duration.ofHours(24);

    /** Messages a minute, by the hour of the day. */
    private static final double[] RATES = {
        0, 0, 0.2, 0.2, 0.3, 0.5, 1, 1.5, 3, 4, 4, 4, 3, 3, 4, 4, 3, 2, 1, 0.4, 0, 0, 0, 0
    };

    private static final int BURST = 300;
    private static final int BACKLOG = 90;
    private static final int MAX_INSTANCES = 24;
    private static final int SPOT_LEFT = 4;
    private static final double BROKEN = 0.015;
    private static final double FUNCTIONS = 0.1;

    private static final String REPORT = "spillway-report";
    private static final String THUMBNAIL = "spillway-thumbnail";

    /** Two vCPUs and 8 GB: an m5.2xlarge holds three, by its memory and by its network interfaces. */
    private static final String CPU = "2048";

    private static final String MEMORY = "8192";

    private final Random random;
    private final List<Moment> moments = new ArrayList<>();

    private Story(long seed) {
        random = new Random(seed);
    }

    /** The world that it happens in, empty: no instance runs at the beginning. */
    static SimulatedSystemBuilder world(Path template, long seed) {
        return SimulatedSystem.of(template)
                .seed(seed)
                .groups(MAX_INSTANCES, MAX_INSTANCES)
                .parameter("Headroom", "0")
                .parameter("InstanceType", "m5.2xlarge")
                .parameter("LargestContainerCpu", CPU)
                .parameter("LargestContainerMemory", MEMORY)
                .taskDefinition(RegisterTaskDefinitionRequest.builder()
                        .family(REPORT)
                        .networkMode(NetworkMode.AWSVPC)
                        .requiresCompatibilities(Compatibility.EC2, Compatibility.FARGATE)
                        .cpu(CPU)
                        .memory(MEMORY)
                        .containerDefinitions(c -> c.name("main").image("none"))
                        .build())
                .function(new LambdaFunction(
                        THUMBNAIL, List.of("none"), Map.of(SimulatedRuntime.SECONDS, "20"), 60, 512));
    }

    /** The moments in their order. */
    static List<Moment> moments(long seed) {
        Story story = new Story(seed);
        story.burst();
        story.everydayWork();
        story.lessSpot();
        story.noFargate();
        story.moments.sort(Comparator.comparing(Moment::at));
        return List.copyOf(story.moments);
    }

    private void burst() {
        Duration at = Duration.ofMinutes(10);
        tell(at, BURST + " tasks arrive at a cluster without instances: all spill over to Fargate at once.");
        for (int i = 1; i <= BURST; i++) {
            send(at, report("burst-%03d".formatted(i), Duration.ofSeconds(random.nextInt(480, 1_200))));
        }
    }

    private void everydayWork() {
        int number = 0;
        for (int minute = 0; minute < LENGTH.toMinutes(); minute++) {
            double rate = RATES[minute / 60];
            while (rate > 0 && random.nextDouble() < rate / (rate + 1)) {
                Duration at = Duration.ofMinutes(minute).plusSeconds(random.nextInt(60));
                number++;
                send(at, work(number));
            }
        }
        tell(Duration.ofHours(8), "The working day begins, and Spot Instances come with it.");
        tell(Duration.ofHours(20), "The last messages are in. Instances drain and go, one after the other.");
    }

    private ObjectNode work(int number) {
        if (random.nextDouble() < FUNCTIONS) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("taskId", String.format(Locale.ROOT, "thumbnail-%04d", number))
                    .put("function", THUMBNAIL);
        }
        ObjectNode body = report(
                String.format(Locale.ROOT, "report-%04d", number), Duration.ofSeconds(random.nextInt(300, 1_500)));
        if (random.nextDouble() < BROKEN) {
            body.withObject("/environment").put(SimulatedRuntime.EXIT_CODE, "3");
        }
        return body;
    }

    private void lessSpot() {
        at(
                Duration.ofHours(11),
                "EC2 takes most Spot Instances back: their tasks run again, on-demand instances come.",
                s -> s.autoScaling().spotAvailable("spillway-spot", SPOT_LEFT));
        at(
                Duration.ofHours(13),
                "Spot capacity is back, and the on-demand instances go.",
                s -> s.autoScaling().spotAvailable("spillway-spot", MAX_INSTANCES));
    }

    private void noFargate() {
        Duration begin = Duration.ofHours(15);
        at(
                begin,
                "Fargate has no capacity, and " + BACKLOG + " more tasks arrive: what fits nowhere waits in line.",
                s -> s.fargateAvailable(false));
        for (int i = 1; i <= BACKLOG; i++) {
            send(
                    begin.plusSeconds(i),
                    report("backlog-%03d".formatted(i), Duration.ofSeconds(random.nextInt(300, 900))));
        }
        at(Duration.ofMinutes(15 * 60 + 40), "Fargate has capacity again.", s -> s.fargateAvailable(true));
    }

    private static ObjectNode report(String taskId, Duration runs) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("taskId", taskId).put("taskDefinition", REPORT);
        body.withObject("/environment").put(SimulatedRuntime.SECONDS, Long.toString(runs.toSeconds()));
        return body;
    }

    private void send(Duration at, ObjectNode body) {
        String text = body.toString();
        at(at, "", system -> system.send(text));
    }

    private void tell(Duration at, String sentence) {
        at(at, sentence, system -> {});
    }

    private void at(Duration at, String sentence, Consumer<SimulatedSystem> happens) {
        moments.add(new Moment(at, sentence, happens));
    }
}
