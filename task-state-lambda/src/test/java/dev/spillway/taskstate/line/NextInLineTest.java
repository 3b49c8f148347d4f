package dev.spillway.taskstate.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.ecs.InstanceRoom;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextInLineTest {

    private static final TaskSize LARGE = new TaskSize(4_000, 8_000);

    @Test
    void goes_along_the_line_as_long_as_there_is_room() {
        assertThat(choose(line(task("a", 100), task("b", 100), task("c", 100)), room("i", 250, 1_000)))
                .containsExactly("a", "b");
    }

    @Test
    void lets_a_small_one_use_another_instance_than_the_one_kept_for_a_large_one_before_it() {
        assertThat(choose(
                        line(task("large", 1_000), task("small", 100)),
                        room("roomy", 900, 8_000),
                        room("narrow", 100, 8_000)))
                .containsExactly("small");
    }

    @Test
    void keeps_the_roomiest_instance_for_the_first_that_does_not_fit() {
        assertThat(choose(line(task("large", 1_000), task("small", 100)), room("only", 900, 8_000)))
                .isEmpty();
    }

    @Test
    void keeps_nothing_for_one_that_no_instance_can_ever_hold() {
        assertThat(choose(line(task("huge", 9_000), task("small", 100)), room("only", 900, 8_000)))
                .containsExactly("small");
    }

    @Test
    void keeps_nothing_of_a_kind_that_is_not_wanted() {
        assertThat(choose(
                        line(
                                task("large", 1_000, CapacityType.EC2_ON_DEMAND),
                                task("small", 100, CapacityType.EC2_SPOT)),
                        room("spot", 900, 8_000)))
                .containsExactly("small");
    }

    @Test
    void packs_the_fullest_instance_first_so_that_the_large_one_behind_still_fits() {
        assertThat(choose(
                        line(task("small", 100), task("large", 1_000)),
                        room("empty", 1_000, 8_000),
                        room("nearly-full", 100, 8_000)))
                .containsExactly("small", "large");
    }

    @ParameterizedTest
    @CsvSource({
        "spot, EC2_SPOT, true",
        "spot, EC2_ON_DEMAND, false",
        "spot, EC2, true",
        "on-demand, EC2_SPOT, false",
        "on-demand, EC2_ON_DEMAND, true",
        "on-demand, EC2, true",
        "'', EC2_SPOT, false",
        "'', EC2_ON_DEMAND, false",
        "'', EC2, true",
        "spot, FARGATE, false",
        "spot, LAMBDA, false"
    })
    void looks_for_the_capacity_type_that_is_wanted(String kind, CapacityType wanted, boolean goes) {
        InstanceRoom room = new InstanceRoom("i", "m5.large", kind, true, 0, LARGE, LARGE);
        assertThat(NextInLine.choose(line(task("t", 100, wanted)), SeenRoom.of(List.of(room)), Set.of()))
                .hasSize(goes ? 1 : 0);
    }

    @Test
    void takes_any_wish_of_the_chain() {
        assertThat(choose(
                        line(task("t", 100, CapacityType.EC2_ON_DEMAND, CapacityType.EC2_SPOT)),
                        room("spot", 100, 8_000)))
                .containsExactly("t");
    }

    @Test
    void needs_CPU_as_well_as_memory() {
        InstanceRoom noCpu = new InstanceRoom("i", "m5.large", "spot", true, 0, LARGE, new TaskSize(99, 8_000));
        assertThat(choose(line(task("t", 100)), noCpu)).isEmpty();
    }

    @Test
    void has_no_use_for_an_instance_that_is_overcommitted() {
        InstanceRoom negative = new InstanceRoom("i", "m5.large", "spot", true, 0, LARGE, new TaskSize(-10, -10));
        assertThat(choose(line(task("t", 0)), negative)).isEmpty();
    }

    @Test
    void tries_the_luck_of_some_where_room_cannot_be_known() {
        TaskIndex.Waiting onFargate = task("f", 100, CapacityType.EC2_SPOT, CapacityType.FARGATE);
        TaskIndex.Waiting function = waiting("l", null, CapacityType.LAMBDA);
        TaskIndex.Waiting unknown = waiting("u", null, CapacityType.EC2);
        TaskIndex.Waiting onlySpot = task("s", 100);
        List<TaskIndex.Waiting> line = line(onFargate, function, unknown, onlySpot);
        Line.Probe elsewhere = new Line.Probe(new TaskId("f"), null);
        assertThat(NextInLine.look(line, SeenRoom.of(List.of()), new Luck(1, 0), Set.of()))
                .isEqualTo(new Line.Look(List.of(new TaskId("l"), new TaskId("u")), List.of(elsewhere)));
        List<TaskIndex.Waiting> more = line(function, task("g", 100, CapacityType.FARGATE), onFargate, unknown);
        assertThat(NextInLine.look(more, SeenRoom.of(List.of()), new Luck(1, 0), Set.of()))
                .isEqualTo(new Line.Look(
                        List.of(new TaskId("l"), new TaskId("u")), List.of(new Line.Probe(new TaskId("g"), null))));
        assertThat(NextInLine.look(line, SeenRoom.of(List.of()), Luck.NONE, Set.of()))
                .isEqualTo(new Line.Look(List.of(), List.of()));
    }

    @Test
    void spends_no_probe_on_one_that_fits() {
        List<TaskIndex.Waiting> line = line(
                task("fits", 100, CapacityType.EC2, CapacityType.FARGATE), task("full", 100, CapacityType.FARGATE));
        assertThat(NextInLine.look(line, SeenRoom.of(List.of(room("i", 100, 8_000))), new Luck(1, 0), Set.of()))
                .isEqualTo(
                        new Line.Look(List.of(new TaskId("fits")), List.of(new Line.Probe(new TaskId("full"), null))));
    }

    @Test
    void lets_no_more_go_at_once_than_the_driver_can_launch_in_some_seconds() {
        List<TaskIndex.Waiting> line = IntStream.range(0, NextInLine.MOST + 1)
                .mapToObj(i -> task("t" + i, 1))
                .toList();
        assertThat(NextInLine.choose(line, SeenRoom.of(List.of(room("i", 1_000, 1_000))), Set.of()))
                .hasSize(NextInLine.MOST);
    }

    @Test
    void chooses_nobody_of_nobody() {
        assertThat(choose(line(), room("i", 100, 100))).isEmpty();
    }

    @Test
    void gives_an_instance_no_more_than_others_of_its_type_were_seen_to_hold() {
        assertThat(choose(
                        line(networked("a", 100), networked("b", 100), networked("c", 100), networked("d", 100)),
                        room("full", "m5.large", 900, 1_000, 3),
                        room("has-place", "m5.large", 900, 1_000, 1)))
                .containsExactly("a", "b");
    }

    @Test
    void lets_size_decide_on_a_type_that_nobody_has_shown_anything_of() {
        assertThat(choose(
                        line(networked("a", 400), networked("b", 400), networked("c", 400)),
                        room("full", "m5.large", 900, 1_000, 3),
                        room("new", "c5.large", 900, 1_000, 0)))
                .containsExactly("a", "b");
    }

    @Test
    void lets_size_decide_for_those_that_want_nothing_else() {
        assertThat(choose(
                        line(networked("a", 100), task("b", 100), task("c", 100)),
                        room("full", "m5.large", 300, 1_000, 3)))
                .containsExactly("b", "c");
    }

    @Test
    void keeps_its_CPU_and_memory_for_one_that_lacks_only_something_else() {
        assertThat(choose(
                        line(networked("a", 100), task("b", 100), task("c", 100)),
                        room("full", "m5.large", 200, 1_000, 3)))
                .containsExactly("b");
    }

    @Test
    void gives_to_the_instance_that_a_task_has_left_one_more_and_not_two() {
        List<TaskIndex.Waiting> line = line(networked("a", 100), networked("b", 100));
        for (int left : List.of(0, 1, 7)) {
            List<InstanceRoom> rooms = List.of(room("i", "m5.large", 900, 1_000, left));
            assertThat(NextInLine.choose(line, SeenRoom.of(rooms, "i"), Set.of()))
                    .containsExactly(new TaskId("a"));
        }
    }

    @Test
    void tries_one_more_than_was_seen_where_it_may_and_only_one() {
        List<TaskIndex.Waiting> line = line(networked("a", 100), networked("b", 100));
        SeenRoom seen =
                SeenRoom.of(List.of(room("i", "m5.large", 900, 1_000, 2), room("k", "m5.large", 900, 1_000, 2)));
        assertThat(NextInLine.look(line, seen, new Luck(0, 1), Set.of()).next()).containsExactly(new TaskId("a"));
        assertThat(NextInLine.look(line, seen, Luck.NONE, Set.of()).next()).isEmpty();
    }

    @Test
    void tries_first_with_those_that_were_not_let_go_in_vain() {
        List<TaskIndex.Waiting> line = line(networked("a", 100), networked("b", 100));
        SeenRoom seen = SeenRoom.of(List.of(room("i", "m5.large", 900, 1_000, 2)));
        TaskId a = new TaskId("a");
        assertThat(NextInLine.look(line, seen, new Luck(0, 1), Set.of(a)).next())
                .containsExactly(new TaskId("b"));
        assertThat(NextInLine.look(line.subList(0, 1), seen, new Luck(0, 1), Set.of(a))
                        .next())
                .containsExactly(a);
    }

    @Test
    void spends_no_try_on_one_that_has_not_even_CPU_and_memory() {
        List<TaskIndex.Waiting> line = line(networked("large", 950), networked("a", 100));
        SeenRoom seen =
                SeenRoom.of(List.of(room("i", "m5.large", 900, 1_000, 2), room("k", "m5.large", 900, 1_000, 2)));
        assertThat(NextInLine.look(line, seen, new Luck(0, 1), Set.of()).next()).containsExactly(new TaskId("a"));
    }

    @Test
    void keeps_nothing_from_those_behind_for_one_that_was_let_go_in_vain_and_waits_all_the_same() {
        List<TaskIndex.Waiting> line = line(networked("refused", 100), task("b", 100), task("c", 100));
        SeenRoom seen = SeenRoom.of(List.of(room("i", 150, 1_000)));
        assertThat(NextInLine.choose(line, seen, Set.of())).containsExactly(new TaskId("refused"));
        assertThat(NextInLine.choose(line, seen, Set.of(new TaskId("refused"))))
                .containsExactly(new TaskId("refused"), new TaskId("b"));
    }

    @Test
    void lets_no_more_of_those_that_were_refused_go_than_would_fit_without_the_others() {
        List<TaskIndex.Waiting> line = line(networked("r", 100), networked("s", 100), networked("t", 100));
        SeenRoom seen = SeenRoom.of(List.of(room("i", "m5.large", 900, 1_000, 2)), "i");
        assertThat(NextInLine.choose(line, seen, Set.of(new TaskId("r"), new TaskId("s"))))
                .containsExactly(new TaskId("r"), new TaskId("t"));
    }

    @Test
    void learns_nothing_from_an_instance_that_takes_no_tasks() {
        InstanceRoom draining = new InstanceRoom("i", "m5.large", "spot", false, 9, LARGE, new TaskSize(900, 900));
        List<InstanceRoom> rooms = List.of(draining, room("k", "m5.large", 900, 1_000, 1));
        assertThat(NextInLine.choose(line(networked("a", 100)), SeenRoom.of(rooms), Set.of()))
                .isEmpty();
    }

    @Property(seed = "20261101")
    void never_chooses_more_than_fits(
            @ForAll("lines") List<TaskIndex.Waiting> line, @ForAll("rooms") List<InstanceRoom> rooms) {
        List<TaskId> chosen = NextInLine.choose(line, SeenRoom.of(rooms), Set.of());
        List<TaskIndex.Waiting> goes =
                line.stream().filter(task -> chosen.contains(task.taskId())).toList();
        assertThat(goes).extracting(TaskIndex.Waiting::taskId).containsExactlyElementsOf(chosen);
        List<TaskSize> sizes = goes.stream().map(NextInLineTest::sizeOf).toList();
        assertThat(fit(sizes, rooms.stream().map(InstanceRoom::free).toList())).isTrue();
    }

    /** Whether there is any way at all to put the tasks into the rooms; the lists are short, for it tries them all. */
    private static boolean fit(List<TaskSize> sizes, List<TaskSize> free) {
        if (sizes.isEmpty()) {
            return true;
        }
        TaskSize size = sizes.getFirst();
        for (int i = 0; i < free.size(); i++) {
            TaskSize room = free.get(i);
            if (room.isAtLeast(size)) {
                List<TaskSize> less = new ArrayList<>(free);
                less.set(i, new TaskSize(room.cpu() - size.cpu(), room.memory() - size.memory()));
                if (fit(sizes.subList(1, sizes.size()), less)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Property(seed = "20261101")
    void never_passes_over_the_first_that_fits(
            @ForAll("lines") List<TaskIndex.Waiting> line, @ForAll("rooms") List<InstanceRoom> rooms) {
        if (!line.isEmpty()) {
            TaskIndex.Waiting head = line.getFirst();
            boolean fits = rooms.stream().anyMatch(r -> r.free().isAtLeast(sizeOf(head)));
            assertThat(NextInLine.choose(line, SeenRoom.of(rooms), Set.of()).contains(head.taskId()))
                    .isEqualTo(fits);
        }
    }

    @Provide
    Arbitrary<List<TaskIndex.Waiting>> lines() {
        return sizes(1, 40).list().ofMaxSize(6).map(sizes -> {
            List<TaskIndex.Waiting> line = new ArrayList<>();
            sizes.forEach(size -> line.add(waiting("t" + line.size(), size, CapacityType.EC2)));
            return line;
        });
    }

    @Provide
    Arbitrary<List<InstanceRoom>> rooms() {
        return sizes(0, 60).list().ofMaxSize(3).map(sizes -> {
            List<InstanceRoom> rooms = new ArrayList<>();
            sizes.forEach(free -> rooms.add(
                    new InstanceRoom("i" + rooms.size(), "m5.large", "spot", true, 0, new TaskSize(60, 60), free)));
            return rooms;
        });
    }

    private static Arbitrary<TaskSize> sizes(int min, int max) {
        Arbitrary<Integer> amount = Arbitraries.integers().between(min, max);
        return Combinators.combine(amount, amount).as(TaskSize::new);
    }

    private static List<String> choose(List<TaskIndex.Waiting> line, InstanceRoom... rooms) {
        return NextInLine.choose(line, SeenRoom.of(List.of(rooms)), Set.of()).stream()
                .map(TaskId::value)
                .toList();
    }

    private static TaskSize sizeOf(TaskIndex.Waiting task) {
        return Objects.requireNonNull(task.needs()).size();
    }

    private static List<TaskIndex.Waiting> line(TaskIndex.Waiting... tasks) {
        return List.of(tasks);
    }

    private static TaskIndex.Waiting task(String id, int each, CapacityType... capacity) {
        return waiting(
                id,
                new TaskSize(each, each),
                capacity.length == 0 ? new CapacityType[] {CapacityType.EC2_SPOT} : capacity);
    }

    private static TaskIndex.Waiting waiting(String id, @Nullable TaskSize size, CapacityType... capacity) {
        return waiting(id, size, true, capacity);
    }

    private static TaskIndex.Waiting waiting(
            String id, @Nullable TaskSize size, boolean sizeDecides, CapacityType... capacity) {
        TaskNeeds needs = size == null ? null : new TaskNeeds(size, sizeDecides, List.of(capacity));
        return new TaskIndex.Waiting(new TaskId(id), 0, Instant.EPOCH, Instant.EPOCH, List.of(capacity), needs, false);
    }

    /** One that wants a network interface as well. */
    private static TaskIndex.Waiting networked(String id, int each) {
        return waiting(id, new TaskSize(each, each), false, CapacityType.EC2);
    }

    private static InstanceRoom room(String arn, int free, int registered) {
        return room(arn, "m5.large", free, registered, 0);
    }

    private static InstanceRoom room(String arn, String type, int free, int registered, int tasks) {
        return new InstanceRoom(
                arn, type, "spot", true, tasks, new TaskSize(registered, registered), new TaskSize(free, free));
    }
}
