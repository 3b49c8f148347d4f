package dev.spillway.local.autoscaling;

import static dev.spillway.local.autoscaling.SimulatedGroups.GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityInProgressException;

/** SetDesiredCapacity. */
class DesiredCapacityTest {

    private final SimulatedGroups world = SimulatedGroups.of(1, 3);

    @Test
    void aCapacityOutsideOfTheBoundsIsAnErrorAndNotClamped() {
        assertThatThrownBy(() -> world.desire(4)).isInstanceOfSatisfying(AutoScalingException.class, refused -> {
            assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
            assertThat(refused.awsErrorDetails().errorMessage())
                    .isEqualTo("New SetDesiredCapacity value 4 is above max value 3 for the AutoScalingGroup.");
        });
        assertThatThrownBy(() -> world.desire(-1)).hasMessageContaining("is below min value 0");
        assertThat(world.desired()).isEqualTo(1);
    }

    @Test
    void theCooldownIsHonouredOnlyWhenAskedFor() {
        world.desire(2);
        world.settle();
        assertRefused(3);
        world.desire(3);
        assertThat(world.desired()).isEqualTo(3);
    }

    @Test
    void anActivityInProgressBlocksWhoHonoursTheCooldown() {
        world.desire(2);
        world.pass(Duration.ofSeconds(15));
        String launching = world.activities().getFirst().activityId();
        assertThatThrownBy(() -> desireHonouringTheCooldown(1))
                .isInstanceOf(ScalingActivityInProgressException.class)
                .hasMessageContaining("Scaling activity " + launching + " is in progress and blocks this action");
    }

    @Test
    void theCooldownBeginsWithTheEndOfTheLastActivity() {
        world.desire(2);
        world.pass(Duration.ofSeconds(15 + 23));
        world.pass(Duration.ofSeconds(299));
        assertRefused(1);
        world.pass(Duration.ofSeconds(1));
        desireHonouringTheCooldown(1);
        assertThat(world.desired()).isEqualTo(1);
    }

    @Test
    void drainingBlocksWhoHonoursTheCooldownUntilItIsOver() {
        world.desire(0);
        world.pass(Duration.ofMinutes(5));
        assertRefused(1);
        world.complete(world.in("Terminating:Wait").getFirst());
        world.pass(Duration.ofSeconds(22 + 300));
        desireHonouringTheCooldown(1);
        assertThat(world.desired()).isEqualTo(1);
    }

    @Test
    void launchesThatFailDoNotBlock() {
        world.autoScaling.group("spot").max(3).spot().create();
        world.autoScaling.spotAvailable("spot", false);
        world.client.setDesiredCapacity(r -> r.autoScalingGroupName("spot").desiredCapacity(2));
        world.pass(Duration.ofMinutes(5));
        world.client.setDesiredCapacity(
                r -> r.autoScalingGroupName("spot").desiredCapacity(1).honorCooldown(true));
    }

    private void desireHonouringTheCooldown(int instances) {
        world.client.setDesiredCapacity(
                r -> r.autoScalingGroupName(GROUP).desiredCapacity(instances).honorCooldown(true));
    }

    private void assertRefused(int instances) {
        int before = world.desired();
        assertThatThrownBy(() -> desireHonouringTheCooldown(instances))
                .isInstanceOfSatisfying(
                        ScalingActivityInProgressException.class,
                        refused -> assertThat(refused.awsErrorDetails().errorCode())
                                .isEqualTo("ScalingActivityInProgress"));
        assertThat(world.desired()).isEqualTo(before);
    }
}
