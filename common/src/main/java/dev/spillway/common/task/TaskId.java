package dev.spillway.common.task;

import java.util.regex.Pattern;

/**
 * A task's id and idempotency key. It is also in the {@code startedBy} of the ECS task, which ECS limits to 128
 * characters.
 *
 * @param value 1 to 100 characters of {@code A-Z a-z 0-9 _ -}
 */
public record TaskId(String value) implements Comparable<TaskId> {

    /** What an id has to look like, in words for an error message. */
    public static final String FORM = "1 to 100 characters of A-Z, a-z, 0-9, _ and -";

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    public TaskId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("a task id is " + FORM);
        }
    }

    /** Whether the text can be a task id. */
    public static boolean isValid(String value) {
        return ALLOWED.matcher(value).matches();
    }

    @Override
    public int compareTo(TaskId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
