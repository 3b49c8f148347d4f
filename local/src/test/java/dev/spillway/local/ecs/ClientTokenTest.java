package dev.spillway.local.ecs;

import static dev.spillway.local.ecs.SimulatedCluster.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;

class ClientTokenTest {

    private final SimulatedCluster cluster = new SimulatedCluster().define("small", 2048, 512);

    private RunTaskResponse run(String token) {
        return cluster.run("small", r -> r.clientToken(token));
    }

    @Test
    void theSameCallReplaysTheFirstAnswer() {
        cluster.instance("m5.large");

        RunTaskResponse first = run("t");

        assertThat(run("t")).isEqualTo(first);
        assertThat(cluster.client.listTasks(r -> r.cluster(CLUSTER)).taskArns()).hasSize(1);
    }

    @Test
    void aRefusalIsReplayedEvenWhenThereIsRoomAgain() {
        cluster.instance("m5.large");
        run("first");
        RunTaskResponse refused = run("second");
        assertThat(refused.failures()).isNotEmpty();

        cluster.instance("m5.large");

        assertThat(run("second")).isEqualTo(refused);
        assertThat(run("third").tasks()).hasSize(1);
    }

    @Test
    void otherParametersAreAConflictThatNamesTheTasks() {
        cluster.instance("m5.large");
        String arn = run("t").tasks().getFirst().taskArn();

        ConflictException conflict = catchThrowableOfType(
                ConflictException.class,
                () -> cluster.run("small", r -> r.clientToken("t").startedBy("other")));

        assertThat(conflict.resourceIds()).isEqualTo(List.of(arn));
        assertThat(conflict.awsErrorDetails().errorCode()).isEqualTo("ConflictException");
    }

    @Test
    void aTokenIsScopedToItsCluster() {
        cluster.ecs.createCluster("other");
        cluster.ecs.addInstance("other", "m5.large", "spot", "us-east-1a", java.util.Map.of());
        cluster.instance("m5.large");

        run("t");

        assertThat(cluster.run("small", r -> r.cluster("other").clientToken("t"))
                        .tasks())
                .hasSize(1);
    }

    @Test
    void aTokenIsForgottenOneHourAfterItsTask() {
        cluster.instance("m5.large");
        RunTaskResponse first = run("t");
        cluster.timeline.runUntilIdle();

        cluster.timeline.runFor(Duration.ofMinutes(59));
        assertThat(run("t")).isEqualTo(first);
        cluster.timeline.runFor(Duration.ofMinutes(1));

        assertThat(run("t")).isNotEqualTo(first);
    }

    @Test
    void aTokenOfARefusalIsForgottenAfterADay() {
        cluster.instance("c5.large");
        cluster.define("small", 4096, 512);
        RunTaskResponse refused = run("t");
        cluster.instance("m5.xlarge");

        cluster.timeline.runFor(Duration.ofHours(24).minusSeconds(1));
        assertThat(run("t")).isEqualTo(refused);
        cluster.timeline.runFor(Duration.ofSeconds(1));

        assertThat(run("t").tasks()).hasSize(1);
    }
}
