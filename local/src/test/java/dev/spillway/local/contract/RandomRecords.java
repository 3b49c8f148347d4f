package dev.spillway.local.contract;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.FunctionWork;
import dev.spillway.common.task.HistoryEntry;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskSize;
import dev.spillway.common.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records as a table can hold them, of every status and with everything that may be null now there, now not. */
final class RandomRecords {

    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> TEXTS =
            List.of("", "RESOURCE:MEMORY", "größer als jede Instanz", "容量不足", "🚢 → 🏝️", "\"quoted\"\n\ttwo lines");

    private static final List<CapacityType> ECS = Arrays.stream(CapacityType.values())
            .filter(type -> type != CapacityType.LAMBDA)
            .toList();

    private final Random random;
    private final double presence;
    private int ids;

    /** @param presence the share of the nullable fields that are there: 0 for none, 1 for all */
    RandomRecords(long seed, double presence) {
        this.random = new Random(seed);
        this.presence = presence;
    }

    TaskRecord next() {
        TaskId id = new TaskId("random_" + ++ids);
        return new TaskRecord(
                id,
                oneOf(List.of(TaskStatus.values())),
                perhaps(() -> request(id)),
                perhaps(this::needs),
                random.nextInt(0, 11),
                random.nextInt(0, 1_000),
                random.nextInt(0, 100),
                random.nextInt(0, 4),
                random.nextBoolean(),
                perhaps(() -> "claim-" + random.nextLong()),
                perhaps(() -> oneOf(List.of(CapacityType.values()))),
                perhaps(() -> oneOf(List.of(CapacityType.values()))),
                random.nextBoolean(),
                perhaps(this::arn),
                Stream.generate(this::arn).limit(random.nextInt(4)).toList(),
                perhaps(this::arn),
                perhaps(() -> oneOf(TEXTS)),
                perhaps(() -> random.nextInt(256)),
                Stream.generate(this::line)
                        .limit(random.nextInt(TaskRecord.MAX_HISTORY + 1))
                        .toList(),
                random.nextLong(1L << 53),
                instant(),
                instant(),
                perhaps(this::instant),
                perhaps(this::instant),
                perhaps(this::instant),
                perhaps(this::instant),
                instant(),
                perhaps(this::instant),
                perhaps(() -> instant().truncatedTo(ChronoUnit.SECONDS)),
                1);
    }

    private TaskNeeds needs() {
        return new TaskNeeds(
                new TaskSize(random.nextInt(1, 16_384), random.nextInt(1, 122_880)), random.nextBoolean(), chain());
    }

    private List<CapacityType> chain() {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> oneOf(List.of(CapacityType.values())))
                .toList();
    }

    /** One that a message can ask for: its chain has every type once, and LAMBDA where there is a function. */
    private TaskRequest request(TaskId id) {
        FunctionWork function = perhaps(() -> new FunctionWork("thumbnail", "{}"));
        List<CapacityType> chain = Stream.concat(Stream.of(oneOf(ECS)), chain().stream())
                .filter(type -> type != CapacityType.LAMBDA)
                .distinct()
                .collect(Collectors.toCollection(ArrayList::new));
        if (function != null) {
            chain.add(random.nextInt(chain.size() + 1), CapacityType.LAMBDA);
        }
        return new TaskRequest(
                id,
                new ContainerWork(
                        "render:7",
                        perhaps(() -> "main"),
                        perhaps(() -> TEXTS),
                        Map.of("GRUSS", oneOf(TEXTS)),
                        perhaps(() -> 512),
                        perhaps(() -> 2_048),
                        Placement.ANYWHERE,
                        Map.of("team", "süd")),
                function,
                chain,
                random.nextInt(TaskRequest.MAX_PRIORITY + 1),
                RetryPolicy.NONE,
                perhaps(() -> Duration.ofMinutes(10)),
                perhaps(() -> Duration.ofHours(1)));
    }

    private HistoryEntry line() {
        return new HistoryEntry(instant(), oneOf(List.of(TaskStatus.values())), oneOf(TEXTS));
    }

    private String arn() {
        return "arn:aws:ecs:eu-central-1:123456789012:task/spillway/%032x".formatted(random.nextLong(Long.MAX_VALUE));
    }

    private Instant instant() {
        return FROM.plus(random.nextLong(Duration.ofDays(365).toSeconds() * 1_000_000L), ChronoUnit.MICROS);
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private <T> @Nullable T perhaps(Supplier<T> value) {
        return random.nextDouble() < presence ? value.get() : null;
    }
}
