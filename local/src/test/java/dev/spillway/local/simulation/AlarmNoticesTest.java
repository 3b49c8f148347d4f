package dev.spillway.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The alarms of template.yaml that tell somebody do so when there is something to tell, and else are silent. */
class AlarmNoticesTest {

    private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:spillway-alarms";

    @Test
    void a_task_that_waits_for_too_long_is_told_of_and_so_is_its_end() {
        SimulatedSystem system = Worlds.world()
                .withoutFargate()
                .parameter("OldestWaitSeconds", "600")
                .start();
        List<String> told = subjects(system);
        system.send(Job.onEc2("waits").json());
        system.runFor(Duration.ofMinutes(9));
        assertThat(told).isEmpty();

        system.runFor(Duration.ofMinutes(4));
        assertThat(told).containsExactly("ALARM: \"spillway-oldest-wait\" in US East (N. Virginia)");

        system.addInstance(Worlds.INSTANCE, SimulatedSystem.ON_DEMAND);
        system.runUntilAllEnded(Duration.ofMinutes(10));
        system.runFor(Duration.ofMinutes(3));
        assertThat(told)
                .containsExactly(
                        "ALARM: \"spillway-oldest-wait\" in US East (N. Virginia)",
                        "OK: \"spillway-oldest-wait\" in US East (N. Virginia)");
    }

    /** As in a subnet without a way out: Auto Scaling has the instance in service, and ECS does not know it. */
    @Test
    void an_instance_that_is_not_in_the_cluster_is_told_of_after_a_quarter_of_an_hour() {
        SimulatedSystem system = Worlds.world()
                .groups(1, 0)
                .parameter("SpotMinSize", "1")
                .withoutFargate()
                .start();
        system.runFor(Duration.ofMinutes(5));
        List<String> told = subjects(system);
        // ECS forgets it; EC2 and Auto Scaling do not.
        system.loseInstance(system.instances().getFirst().containerInstanceArn());
        system.runFor(Duration.ofMinutes(13));
        assertThat(told).isEmpty();

        system.runFor(Duration.ofMinutes(5));
        assertThat(told).containsExactly("ALARM: \"spillway-instances-not-joined\" in US East (N. Virginia)");
    }

    @Test
    void nobody_is_told_of_a_day_on_which_all_goes_well() {
        SimulatedSystem system = Worlds.world().groups(4, 4).start();
        List<String> told = subjects(system);
        for (int hour = 0; hour < 24; hour++) {
            system.send(
                    Job.anywhere("task-" + hour).runs(Duration.ofMinutes(20)).json());
            system.runFor(Duration.ofHours(1));
        }

        assertThat(told).isEmpty();
    }

    /** The subjects from now on. A new alarm is first told to be OK, before an address can have agreed to be told. */
    private static List<String> subjects(SimulatedSystem system) {
        List<String> subjects = new ArrayList<>();
        system.runFor(Duration.ofMinutes(3));
        system.sns()
                .subscribe(
                        TOPIC,
                        event -> subjects.add(event.at("/Records/0/Sns/Subject").asText()));
        return subjects;
    }
}
