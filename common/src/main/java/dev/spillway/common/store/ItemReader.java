package dev.spillway.common.store;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskSize;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the attributes of an item by name. Without a suffix an attribute has to be there. */
record ItemReader(Map<String, AttributeValue> item) {

    TaskId taskId() {
        return new TaskId(text(TaskTable.TASK_ID));
    }

    /** All of it or nothing is there: null until the task definition was read. */
    @Nullable
    TaskNeeds needs() {
        Integer cpu = intOrNull(TaskTable.CPU);
        return cpu == null
                ? null
                : new TaskNeeds(new TaskSize(cpu, integer(TaskTable.MEMORY)), flag(TaskTable.SIZE_DECIDES), capacity());
    }

    /** What the task may run on, in its order. */
    List<CapacityType> capacity() {
        return list(TaskTable.CAPACITY, type -> CapacityType.valueOf(type.s()));
    }

    @Nullable
    CapacityType capacityTypeOrNull(String name) {
        return orNull(name, value -> CapacityType.valueOf(value.s()));
    }

    String text(String name) {
        return required(name, textOrNull(name));
    }

    @Nullable
    String textOrNull(String name) {
        return orNull(name, AttributeValue::s);
    }

    long number(String name) {
        return required(name, numberOrNull(name));
    }

    int integer(String name) {
        return Math.toIntExact(number(name));
    }

    @Nullable
    Integer intOrNull(String name) {
        Long number = numberOrNull(name);
        return number == null ? null : Math.toIntExact(number);
    }

    @Nullable
    Long numberOrNull(String name) {
        return orNull(name, value -> Long.valueOf(value.n()));
    }

    boolean flag(String name) {
        return required(name, orNull(name, AttributeValue::bool));
    }

    /** A flag that is absent as a rule. */
    boolean mark(String name) {
        return Boolean.TRUE.equals(orNull(name, AttributeValue::bool));
    }

    Instant instant(String name) {
        return InstantText.read(text(name));
    }

    @Nullable
    Instant instantOrNull(String name) {
        return orNull(name, value -> InstantText.read(value.s()));
    }

    <T> List<T> list(String name, Function<AttributeValue, T> element) {
        return required(name, item.get(name)).l().stream().map(element).toList();
    }

    private <T> @Nullable T orNull(String name, Function<AttributeValue, T> read) {
        AttributeValue value = item.get(name);
        return value == null ? null : read.apply(value);
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("attribute " + name + " is missing, or of another type");
        }
        return value;
    }
}
