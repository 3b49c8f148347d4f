package dev.spillway.local.contract;

import static dev.spillway.local.contract.SampleTasks.CHAIN;
import static dev.spillway.local.contract.SampleTasks.NOON;
import static dev.spillway.local.contract.SampleTasks.ended;
import static dev.spillway.local.contract.SampleTasks.ids;
import static dev.spillway.local.contract.SampleTasks.idsOfOneHash;
import static dev.spillway.local.contract.SampleTasks.launching;
import static dev.spillway.local.contract.SampleTasks.numbered;
import static dev.spillway.local.contract.SampleTasks.shuffled;
import static dev.spillway.local.contract.SampleTasks.summary;
import static dev.spillway.local.contract.SampleTasks.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskIndex.Summary;
import dev.spillway.common.store.TaskIndex.Waiting;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskSize;
import dev.spillway.common.task.TaskStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link TaskIndex} promises, on top of its store. */
abstract class TaskIndexContract extends TaskStoreContract {

    @Nested
    class ListingWhatIsDue {

        @Test
        void givesTheLongestOverdueFirstAndNothingThatIsYetToCome() {
            created(launching("later").dueAt(NOON.plusNanos(1_000)));
            created(launching("now").dueAt(NOON));
            created(launching("long-ago").dueAt(NOON.minus(Duration.ofDays(400))));
            created(launching("just-before").dueAt(NOON.minusNanos(1_000)));

            assertThat(index.due(NOON, 10)).containsExactly(ids("long-ago", "just-before", "now"));
        }

        @ParameterizedTest
        @ValueSource(ints = {3, 20})
        void givesTheFirstOfAllShards(int limit) {
            shuffled(50).forEach(n -> created(launching("task-" + n).dueAt(NOON.plusSeconds(n))));

            assertThat(index.due(NOON.plusSeconds(100), limit)).containsExactly(numbered(limit));
        }

        @Test
        void followsTheRecord() {
            TaskRecord task = created(launching("a").dueAt(NOON));
            TaskRecord renewed = updated(task.toBuilder().dueAt(NOON.plusSeconds(60)));
            assertThat(index.due(NOON, 10)).isEmpty();

            updated(renewed.toBuilder().dueAt(null));
            assertThat(index.due(NOON.plusSeconds(60), 10)).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(
                value = TaskStatus.class,
                names = {"SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELLED", "REJECTED"})
        void leavesOutWhatHasEnded(TaskStatus end) {
            created(ended("a", end).dueAt(NOON));

            assertThat(index.due(NOON, 10)).isEmpty();
        }
    }

    @Nested
    class ListingTheWaiting {

        @Test
        void givesTheHighestPriorityFirstThenTheOldest() {
            created(waiting("low-old", 0, NOON.minusSeconds(9)));
            created(waiting("top-young", 100, NOON));
            created(waiting("top-old", 100, NOON.minusSeconds(1)));
            created(waiting("nine", 9, NOON));
            created(waiting("ten", 10, NOON));

            assertThat(index.waiting(10))
                    .extracting(Waiting::taskId)
                    .containsExactly(ids("top-old", "top-young", "ten", "nine", "low-old"));
        }

        @Test
        void givesTheHighestPrioritiesOfAFullShard() {
            List<TaskId> ids = idsOfOneHash(101).toList();
            shuffled(100).forEach(n -> created(waiting(ids.get(n).value(), 100 - n, NOON)));

            assertThat(index.waiting(12)).extracting(Waiting::taskId).containsExactlyElementsOf(ids.subList(1, 13));
        }

        @ParameterizedTest
        @ValueSource(ints = {3, 20})
        void givesTheOldestOfAllShards(int limit) {
            shuffled(50).forEach(n -> created(waiting("task-" + n, 5, NOON.plusSeconds(n))));

            assertThat(index.waiting(limit)).extracting(Waiting::taskId).containsExactly(numbered(limit));
        }

        @Test
        void saysWhatEachNeedsAndWhoGivesWay() {
            TaskNeeds networked = new TaskNeeds(new TaskSize(512, 1_024), false, List.of(CapacityType.FARGATE));
            TaskNeeds plain = new TaskNeeds(new TaskSize(256, 512), true, CHAIN);
            created(waiting("networked", 7, NOON).needs(networked));
            created(waiting("plain", 5, NOON).needs(plain).givesWay(true));
            created(waiting("unknown", 3, NOON));

            assertThat(index.waiting(10))
                    .containsExactly(
                            new Waiting(
                                    new TaskId("networked"),
                                    7,
                                    NOON,
                                    NOON,
                                    List.of(CapacityType.FARGATE),
                                    networked,
                                    false),
                            new Waiting(new TaskId("plain"), 5, NOON, NOON, CHAIN, plain, true),
                            new Waiting(new TaskId("unknown"), 3, NOON, NOON, CHAIN, null, false));
        }

        @Test
        void leavesOutATaskThatMustNotStartYet() {
            TaskRecord task = created(waiting("a", 0, NOON).notBefore(NOON.plusSeconds(60)));
            assertThat(index.waiting(10)).isEmpty();

            updated(task.toBuilder().notBefore(null));
            assertThat(index.waiting(10)).hasSize(1);
        }

        @ParameterizedTest
        @EnumSource(
                value = TaskStatus.class,
                names = {"LAUNCHING", "PLACED", "FAILED", "CANCELLED"})
        void leavesOutATaskThatWaitsNoMore(TaskStatus next) {
            TaskRecord task = created(waiting("a", 0, NOON));

            updated(task.toBuilder().become(next, NOON, "no longer in line"));

            assertThat(index.waiting(10)).isEmpty();
        }
    }

    @Nested
    class ReadingTheWholeLine {

        @Test
        void givesAllWhoWaitInTheirOrderHoweverManyTheyAre() {
            shuffled(1_001).forEach(n -> created(waiting("task-" + n, 5, NOON.plusSeconds(n))));

            assertThat(index.wholeLine()).extracting(Waiting::taskId).containsExactly(numbered(1_001));
        }

        @Test
        void saysWhatEachNeedsAndWhoGivesWay() {
            TaskNeeds needs = new TaskNeeds(new TaskSize(512, 1_024), true, CHAIN);
            TaskRecord task = created(waiting("sized", 7, NOON).needs(needs));
            created(waiting("unsized", 3, NOON));

            assertThat(index.wholeLine())
                    .containsExactly(
                            new Waiting(task.taskId(), 7, NOON, NOON, CHAIN, needs, false),
                            new Waiting(new TaskId("unsized"), 3, NOON, NOON, CHAIN, null, false));
        }

        @Test
        void leavesOutWhoIsNotInLine() {
            created(waiting("later", 0, NOON).notBefore(NOON.plusSeconds(60)));
            created(launching("launching"));
            created(ended("over", TaskStatus.FAILED));

            assertThat(index.wholeLine()).isEmpty();
        }
    }

    @Nested
    class ListingAStatus {

        @ParameterizedTest
        @ValueSource(ints = {3, 20})
        void givesTheLastUpdatedFirst(int limit) {
            shuffled(50)
                    .forEach(n -> created(TaskRecord.first(
                            new TaskId("task-" + n), TaskStatus.FAILED, NOON, NOON.minusSeconds(n), "exit 1")));
            created(launching("another-status"));

            assertThat(index.withStatus(TaskStatus.FAILED, limit))
                    .extracting(Summary::taskId)
                    .containsExactly(numbered(limit));
        }

        @Test
        void saysWhatAListShows() {
            TaskRecord bare = created(launching("bare"));
            TaskRecord full = created(
                    TaskRecord.first(new TaskId("full"), TaskStatus.LAUNCHING, NOON, NOON.plusSeconds(1), "claimed")
                            .capacityType(CapacityType.FARGATE_SPOT)
                            .reason("größer als jede Instanz"));

            assertThat(index.withStatus(TaskStatus.LAUNCHING, 10)).containsExactly(summary(full), summary(bare));
        }

        @Test
        void followsTheRecord() {
            TaskRecord task = created(launching("a"));
            TaskRecord next = updated(task.toBuilder().become(TaskStatus.RUNNING, NOON.plusSeconds(1), "started"));

            assertThat(index.withStatus(TaskStatus.LAUNCHING, 10)).isEmpty();
            assertThat(index.withStatus(TaskStatus.RUNNING, 10)).containsExactly(summary(next));
        }

        @Test
        void readsOnWhereTheAnswerIsLongerThanOnePage() {
            String longReason = "x".repeat(1_024);
            idsOfOneHash(1_024)
                    .forEach(id -> created(TaskRecord.first(id, TaskStatus.FAILED, NOON, NOON, "exit 1")
                            .reason(longReason)));

            assertThat(index.withStatus(TaskStatus.FAILED, 1_000))
                    .hasSize(1_000)
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1_001})
    void aLimitOutOfBoundsIsRefused(int limit) {
        assertThatThrownBy(() -> index.due(NOON, limit)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> index.waiting(limit)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> index.withStatus(TaskStatus.WAITING, limit))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
