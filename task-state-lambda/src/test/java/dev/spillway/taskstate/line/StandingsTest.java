package dev.spillway.taskstate.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.ecs.InstanceRoom;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskSize;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandingsTest {

    private static final TaskId ID = new TaskId("t");
    private static final TaskSize SMALL = new TaskSize(100, 100);
    private static final TaskSize HUGE = new TaskSize(5_000, 5_000);
    private static final InstanceRoom FULL_SPOT =
            new InstanceRoom("i", "m5.large", "spot", true, 4, new TaskSize(2_048, 7_800), new TaskSize(0, 0));

    @Test
    void one_that_no_instance_could_hold_gives_way() {
        assertThat(changes(waiting(HUGE, false, CapacityType.EC2)))
                .singleElement()
                .satisfies(standing -> assertThat(standing.givesWay()).contains("even if it were empty"));
    }

    @Test
    void so_does_one_that_wants_a_kind_of_instance_that_is_not_there() {
        assertThat(changes(waiting(SMALL, false, CapacityType.EC2_ON_DEMAND))).hasSize(1);
    }

    @Test
    void so_does_one_that_ecs_goes_on_to_refuse() {
        assertThat(Standings.changes(
                        List.of(waiting(SMALL, false, CapacityType.EC2)), SeenRoom.of(List.of(FULL_SPOT)), Set.of(ID)))
                .singleElement()
                .satisfies(standing -> assertThat(standing.givesWay()).contains("goes on to refuse"));
    }

    @Test
    void one_that_a_full_instance_could_hold_does_not() {
        assertThat(changes(waiting(SMALL, false, CapacityType.EC2))).isEmpty();
    }

    @Test
    void one_that_has_got_an_instance_that_could_hold_it_stands_in_the_way_again() {
        assertThat(changes(waiting(SMALL, true, CapacityType.EC2))).containsExactly(new Line.Standing(ID, null));
    }

    @Test
    void nothing_changes_for_one_that_gives_way_already() {
        assertThat(changes(waiting(HUGE, true, CapacityType.EC2))).isEmpty();
    }

    @Test
    void nothing_changes_for_those_whose_needs_are_unknown_or_that_want_no_instance() {
        assertThat(changes(waiting(null, false, CapacityType.EC2))).isEmpty();
        assertThat(changes(waiting(HUGE, false, CapacityType.FARGATE))).isEmpty();
    }

    /** The first instance may be one that holds it, and until it comes no newcomer finds any either. */
    @Test
    void nothing_changes_while_there_is_no_instance() {
        assertThat(Standings.changes(List.of(waiting(HUGE, false, CapacityType.EC2)), SeenRoom.of(List.of()), Set.of()))
                .isEmpty();
    }

    private static List<Line.Standing> changes(TaskIndex.Waiting task) {
        return Standings.changes(List.of(task), SeenRoom.of(List.of(FULL_SPOT)), Set.of());
    }

    private static TaskIndex.Waiting waiting(@Nullable TaskSize size, boolean givesWay, CapacityType... capacity) {
        TaskNeeds needs = size == null ? null : new TaskNeeds(size, true, List.of(capacity));
        return new TaskIndex.Waiting(ID, 0, Instant.EPOCH, Instant.EPOCH, List.of(capacity), needs, givesWay);
    }
}
