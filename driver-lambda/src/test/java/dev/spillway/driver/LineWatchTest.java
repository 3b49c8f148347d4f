package dev.spillway.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.driver.chain.LineAhead;
import dev.spillway.driver.chain.Material;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class LineWatchTest {

    /** A line that nobody can read must not keep every newcomer from running, whatever is wrong with it. */
    @Test
    void aLineThatCannotBeReadIsTakenForAnEmptyOne() {
        for (RuntimeException wrong :
                List.of(SdkClientException.create("no answer"), new IllegalStateException("a damaged entry"))) {
            LineWatch watch = new LineWatch(new Broken(wrong), Runnable::run);
            watch.look(Instant.EPOCH);
            assertThat(watch.find(CapacityType.EC2, request(), new Material.Ready(null, null)))
                    .as(wrong.getMessage())
                    .isEmpty();
        }
    }

    /** It waits for an instance that there is not, and must not keep the others from those that there are. */
    @Test
    void whoGivesWayKeepsNobodyFromTheInstances() {
        assertThat(ahead(false).find(CapacityType.EC2, request(), new Material.Ready(null, null)))
                .isPresent();
        assertThat(ahead(true).find(CapacityType.EC2, request(), new Material.Ready(null, null)))
                .isEmpty();
        assertThat(ahead(true).find(CapacityType.FARGATE, request(), new Material.Ready(null, null)))
                .isPresent();
    }

    private static LineAhead ahead(boolean givesWay) {
        return new LineAhead(List.of(new TaskIndex.Waiting(
                new TaskId("huge"),
                0,
                Instant.EPOCH,
                Instant.EPOCH,
                List.of(CapacityType.EC2, CapacityType.FARGATE),
                null,
                givesWay)));
    }

    private static TaskRequest request() {
        ContainerWork work = new ContainerWork("job", null, null, Map.of(), null, null, Placement.ANYWHERE, Map.of());
        return new TaskRequest(new TaskId("t"), work, null, List.of(CapacityType.EC2), 0, RetryPolicy.NONE, null, null);
    }

    private record Broken(RuntimeException wrong) implements TaskIndex {

        @Override
        public List<TaskId> due(Instant now, int limit) {
            throw wrong;
        }

        @Override
        public List<Waiting> waiting(int limit) {
            throw wrong;
        }

        @Override
        public Stream<Waiting> wholeLine() {
            throw wrong;
        }

        @Override
        public List<Summary> withStatus(TaskStatus status, int limit) {
            throw wrong;
        }
    }
}
