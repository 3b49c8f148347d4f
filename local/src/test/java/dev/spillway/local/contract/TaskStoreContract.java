package dev.spillway.local.contract;

import static dev.spillway.local.contract.SampleTasks.NOON;
import static dev.spillway.local.contract.SampleTasks.ended;
import static dev.spillway.local.contract.SampleTasks.launching;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.store.TaskStore.Creation;
import dev.spillway.common.store.TaskStore.Update;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link TaskStore} promises. {@link TaskIndexContract} adds what its index does. */
abstract class TaskStoreContract {

    /**
     * A store without records, and its index.
     *
     * @param expire makes the store forget the task of a record that has an {@code expiresAt}
     */
    record Fixture(TaskStore store, TaskIndex index, Consumer<TaskRecord> expire) {}

    TaskStore store;
    TaskIndex index;
    private Consumer<TaskRecord> expire;

    /** Called once for each test. */
    abstract Fixture open();

    /** How often each of 16 concurrent writers changes a record: enough to collide, few enough to wait for. */
    abstract int changesPerWriter();

    @BeforeEach
    void openStore() {
        Fixture fixture = open();
        store = fixture.store();
        index = fixture.index();
        expire = fixture.expire();
    }

    @Nested
    class Creating {

        @Test
        void writesTheFirstVersion() {
            TaskRecord first = launching("a").build();

            Creation answer = store.create(first);

            TaskRecord written = first.toBuilder().version(1).build();
            assertThat(answer).isEqualTo(new Creation.Created(written));
            assertThat(store.find(first.taskId())).contains(written);
        }

        @Test
        void isRefusedWithTheCurrentRecordWhereTheTaskHasOne() {
            TaskRecord current = created(launching("a").claim("mine"));

            Creation answer = store.create(launching("a").claim("another's").build());

            assertThat(answer).isEqualTo(new Creation.Exists(current));
            assertThat(store.find(current.taskId())).contains(current);
        }

        @Test
        void isRefusedForALaterVersionOfTheSameRecord() {
            TaskRecord first = launching("a").claim("mine").build();
            TaskRecord second = updated(created(first.toBuilder()).toBuilder().attempt(1));

            assertThat(store.create(first)).isEqualTo(new Creation.Exists(second));
        }

        @Test
        void isASuccessAgainForAWriterWhoLostTheAnswer() {
            TaskRecord first = launching("a").claim("mine").build();
            Creation lost = store.create(first);

            assertThat(store.create(first)).isEqualTo(lost).isInstanceOf(Creation.Created.class);
        }

        @Test
        void startsAnewOnceATaskIsForgotten() {
            TaskRecord old = created(ended("a", TaskStatus.SUCCEEDED).expiresAt(NOON));
            expire.accept(old);

            assertThat(created(launching("a")).version()).isEqualTo(1);
        }

        @Test
        void happensOnceHoweverManyTry() throws Exception {
            Queue<Creation> answers = new ConcurrentLinkedQueue<>();

            inParallel(
                    16,
                    writer -> answers.add(store.create(
                            launching("a").claim("writer " + writer).build())));

            assertThat(answers).hasSize(16);
            assertThat(answers.stream().filter(Creation.Created.class::isInstance))
                    .hasSize(1);
        }
    }

    @Nested
    class Updating {

        @Test
        void writesTheNextVersion() {
            TaskRecord read = created(launching("a"));
            TaskRecord next = read.toBuilder()
                    .become(TaskStatus.PLACED, NOON.plusSeconds(1), "on EC2")
                    .taskArn("arn:1")
                    .build();

            Update answer = store.update(next);

            TaskRecord written = next.toBuilder().version(2).build();
            assertThat(answer).isEqualTo(new Update.Updated(written));
            assertThat(store.find(read.taskId())).contains(written);
        }

        @Test
        void isRefusedWithTheCurrentRecordAfterSomebodyElsesWrite() {
            TaskRecord read = created(launching("a"));
            TaskRecord current = updated(read.toBuilder().claim("another's"));

            Update answer = store.update(read.toBuilder().claim("mine").build());

            assertThat(answer).isEqualTo(new Update.Conflict(current));
            assertThat(store.find(read.taskId())).contains(current);
        }

        @Test
        void isRefusedForAVersionThatIsNotWrittenYet() {
            TaskRecord current = created(launching("a"));

            assertThat(store.update(current.toBuilder().version(2).build())).isEqualTo(new Update.Conflict(current));
        }

        @Test
        void isASuccessAgainForAWriterWhoLostTheAnswer() {
            TaskRecord next = created(launching("a")).toBuilder().claim("mine").build();
            Update lost = store.update(next);

            assertThat(store.update(next)).isEqualTo(lost).isInstanceOf(Update.Updated.class);
        }

        @Test
        void isRefusedWithoutARecordWhereTheTaskIsForgotten() {
            TaskRecord read = created(ended("a", TaskStatus.FAILED).expiresAt(NOON));
            expire.accept(read);

            assertThat(store.update(read)).isEqualTo(new Update.Conflict(null));
            assertThat(store.find(read.taskId())).isEmpty();
            assertThat(index.withStatus(TaskStatus.FAILED, 10)).isEmpty();
        }

        @Test
        void doesNotCreate() {
            TaskRecord unknown = launching("a").build();

            assertThat(store.update(unknown)).isEqualTo(new Update.Conflict(null));
            assertThat(store.find(unknown.taskId())).isEmpty();
        }

        @Test
        void losesNoneOfManyConcurrentChanges() throws Exception {
            int writers = 16;
            int changes = changesPerWriter();
            TaskId id = created(launching("a")).taskId();
            Queue<Long> versions = new ConcurrentLinkedQueue<>();

            inParallel(writers, writer -> {
                for (int change = 0; change < changes; change++) {
                    versions.add(countUp(id, writer + "-" + change));
                }
            });

            assertThat(store.find(id))
                    .hasValueSatisfying(task -> assertThat(task.losses()).isEqualTo(writers * changes));
            assertThat(versions.stream().sorted().toList())
                    .as("each version is won once")
                    .isEqualTo(LongStream.rangeClosed(2, writers * changes + 1L)
                            .boxed()
                            .toList());
        }

        /** Reads and writes until it wins; the version it won. */
        private long countUp(TaskId id, String claim) {
            while (true) {
                TaskRecord read = store.find(id).orElseThrow();
                TaskRecord next =
                        read.toBuilder().losses(read.losses() + 1).claim(claim).build();
                if (store.update(next) instanceof Update.Updated won) {
                    return won.record().version();
                }
            }
        }
    }

    @Nested
    class Storing {

        @ParameterizedTest(name = "where {0} of what may be missing is there")
        @ValueSource(doubles = {0, 0.5, 1})
        void keepsEveryField(double presence) {
            long seed = new Random().nextLong();
            RandomRecords records = new RandomRecords(seed, presence);

            for (int i = 0; i < 40; i++) {
                TaskRecord first = records.next();
                assertThat(store.create(first)).as("seed %d", seed).isEqualTo(new Creation.Created(first));
                assertThat(store.find(first.taskId())).as("seed %d", seed).contains(first);
            }
        }

        @Test
        void roundsInstantsDownAndAnswersWithWhatItKeeps() {
            Instant fine = Instant.parse("2026-11-21T12:00:00.123456789Z");
            TaskRecord written = created(TaskRecord.first(new TaskId("a"), TaskStatus.FAILED, fine, fine, "no image")
                    .dueAt(fine)
                    .expiresAt(fine));

            assertThat(written.createdAt()).isEqualTo("2026-11-21T12:00:00.123456Z");
            assertThat(written.dueAt()).isEqualTo("2026-11-21T12:00:00.123456Z");
            assertThat(written.expiresAt()).isEqualTo("2026-11-21T12:00:00Z");
            assertThat(store.find(written.taskId())).contains(written);
        }

        @Test
        void cutsLongTextsAndAnswersWithWhatItKeeps() {
            String endless = "容量不足 🚢 ".repeat(1_000);
            TaskRecord written = created(TaskRecord.first(new TaskId("a"), TaskStatus.FAILED, NOON, NOON, endless)
                    .reason(endless));

            assertThat(written.reason())
                    .hasSizeLessThan(1_024)
                    .startsWith("容量不足 🚢 容")
                    .endsWith("…");
            assertThat(written.history().getFirst().what()).isEqualTo(written.reason());
            assertThat(store.find(written.taskId())).contains(written);
        }

        @Test
        void findsNothingUnderAnUnknownId() {
            assertThat(store.find(new TaskId("unknown"))).isEmpty();
        }
    }

    final TaskRecord created(TaskRecord.Builder task) {
        Creation answer = store.create(task.build());
        assertThat(answer).isInstanceOf(Creation.Created.class);
        return ((Creation.Created) answer).record();
    }

    final TaskRecord updated(TaskRecord.Builder task) {
        Update answer = store.update(task.build());
        assertThat(answer).isInstanceOf(Update.Updated.class);
        return ((Update.Updated) answer).record();
    }

    private static void inParallel(int count, Consumer<Integer> work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                all.add(threads.submit(() -> work.accept(number)));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
    }
}
