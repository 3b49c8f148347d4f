package dev.spillway.spotfallback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;

/** Why a group launches nothing, for the reason in the log. */
class GroupsTest {

    private final World world = new World();
    private final Groups groups = new Groups(world.autoScaling);
    private final Instant quietSince = world.now.minus(Duration.ofMinutes(10));

    @Test
    void is_what_AWS_says_of_the_newest_launch_that_failed() {
        world.failedToLaunch(Duration.ofMinutes(1), "no Spot capacity")
                .failedToLaunch(Duration.ofMinutes(2), "price too low");
        assertThat(groups.launchFailure(World.SPOT, quietSince)).isEqualTo("no Spot capacity");
    }

    @Test
    void is_not_what_was_so_long_ago() {
        world.failedToLaunch(Duration.ofMinutes(11), "no Spot capacity");
        assertThat(groups.launchFailure(World.SPOT, quietSince)).isEmpty();
    }

    @Test
    void is_short() {
        world.failedToLaunch(Duration.ofMinutes(1), "x".repeat(5_000));
        assertThat(groups.launchFailure(World.SPOT, quietSince)).hasSizeLessThan(310);
    }

    @Test
    void is_not_known_if_Auto_Scaling_does_not_say() {
        world.autoScaling.activitiesFailure = AutoScalingException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("Throttling")
                        .errorMessage("Rate exceeded")
                        .build())
                .build();
        assertThat(groups.launchFailure(World.SPOT, quietSince))
                .isEqualTo("why is not known: Throttling: Rate exceeded");
    }
}
