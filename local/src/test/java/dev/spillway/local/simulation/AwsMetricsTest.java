package dev.spillway.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What AWS's own services tell of a system, by the names of their documents. */
class AwsMetricsTest {

    private static final Map<String, String> DRIVER = Map.of("FunctionName", "spillway-DriverFunction");

    @Test
    void lambda_tells_of_each_invocation_of_a_function_and_how_many_there_are_at_once() {
        SimulatedSystem system = Worlds.world().spot(1, Worlds.INSTANCE).start();
        for (int i = 0; i < 25; i++) {
            system.send(Job.onEc2("task-" + i).json());
        }
        system.runFor(Duration.ofSeconds(59));

        assertThat(of(system, "AWS/Lambda", "Invocations", DRIVER, "Sum")
                        .iterator()
                        .next())
                .as("batches of ten of 25 messages, at least")
                .isGreaterThanOrEqualTo(3);
        assertThat(of(system, "AWS/Lambda", "ConcurrentExecutions", DRIVER, "Maximum"))
                .containsExactly(3.0);
        assertThat(of(system, "AWS/Lambda", "Errors", DRIVER, "Sum")).containsExactly(0.0);
        assertThat(of(system, "AWS/Lambda", "Throttles", DRIVER, "Sum")).containsExactly(0.0);
        assertThat(of(system, "AWS/Lambda", "Duration", DRIVER, "Maximum")).containsExactly(200.0);
    }

    @Test
    void a_crash_is_an_error() {
        SimulatedSystem system = Worlds.world().spot(1, Worlds.INSTANCE).start();
        system.failNextLaunch(LaunchFault.CRASH_AFTER);
        system.send(Job.onEc2("one").json());
        system.runFor(Duration.ofSeconds(30));

        assertThat(of(system, "AWS/Lambda", "Errors", DRIVER, "Sum")).containsExactly(1.0);
    }

    @Test
    void a_message_that_nobody_could_deal_with_yet_shows_in_its_queue() {
        SimulatedSystem system = Worlds.world().spot(1, Worlds.INSTANCE).start();
        system.failNextLaunch(LaunchFault.CRASH_AFTER);
        system.send(Job.onEc2("one").json());
        system.send("{}");
        system.runFor(Duration.ofMinutes(2));

        Map<String, String> tasks = Map.of("QueueName", "spillway-tasks");
        Map<String, String> dead = Map.of("QueueName", "spillway-dead-letters");
        assertThat(of(system, "AWS/SQS", "ApproximateAgeOfOldestMessage", tasks, "Maximum"))
                .contains(60.0);
        assertThat(of(system, "AWS/SQS", "ApproximateNumberOfMessagesVisible", tasks, "Maximum"))
                .hasSize(2);
        assertThat(of(system, "AWS/SQS", "ApproximateNumberOfMessagesVisible", dead, "Maximum"))
                .hasSize(2);
    }

    @Test
    void auto_scaling_tells_of_its_groups() {
        SimulatedSystem system = Worlds.world().groups(2, 0).start();
        system.runFor(Duration.ofMinutes(3));

        assertThat(of(
                        system,
                        "AWS/AutoScaling",
                        "GroupDesiredCapacity",
                        Map.of("AutoScalingGroupName", "spillway-spot"),
                        "Maximum"))
                .isNotEmpty();
    }

    static List<Double> of(
            SimulatedSystem system, String namespace, String name, Map<String, String> dimensions, String stat) {
        Collection<Double> values = system.cloudWatch()
                .series(namespace, name, dimensions, stat, SimulatedSystem.START, system.now(), Duration.ofMinutes(1))
                .values();
        return List.copyOf(values);
    }
}
