package dev.spillway.local.cli.deployment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cancels a task as any sender of messages does, and looks what became of it. */
public final class Cancelling {

    /** How long the driver is waited for. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Deployment deployment;
    private final Clock clock;
    private final Pause pause;

    public Cancelling(Deployment deployment, Clock clock, Pause pause) {
        this.deployment = deployment;
        this.clock = clock;
        this.pause = pause;
    }

    /** What became of it. */
    public sealed interface Outcome {

        /** The task had ended before, in whatever way; no message was sent. */
        record EndedBefore(TaskRecord record) implements Outcome {}

        /**
         * It is cancelled.
         *
         * @param known whether there was a record of it before
         */
        record Cancelled(TaskRecord record, boolean known) implements Outcome {}

        /** It ended in another way before the driver read the message. */
        record EndedMeanwhile(TaskRecord record) implements Outcome {}

        /** The message was sent, and nobody waited for what comes of it. */
        record Sent() implements Outcome {}

        /**
         * The driver has not got round to it.
         *
         * @param record as it is now; null if there is none
         */
        record NotYet(@Nullable TaskRecord record) implements Outcome {}
    }

    /** Cancels, and waits for the end. */
    public Outcome cancel(TaskId taskId, @Nullable String reason) {
        Optional<TaskRecord> before = deployment.store().find(taskId);
        if (before.isPresent() && before.get().status().isEnd()) {
            return new Outcome.EndedBefore(before.get());
        }
        deployment.queue().send(message(taskId, reason));
        return await(taskId, before.isPresent());
    }

    /** Sends the message, whatever it will find. */
    public Outcome send(TaskId taskId, @Nullable String reason) {
        deployment.queue().send(message(taskId, reason));
        return new Outcome.Sent();
    }

    private Outcome await(TaskId taskId, boolean known) {
        Instant until = clock.instant().plus(PATIENCE);
        while (true) {
            TaskRecord record = deployment.store().find(taskId).orElse(null);
            if (record != null && record.status() == TaskStatus.CANCELLED) {
                return new Outcome.Cancelled(record, known);
            }
            if (record != null && record.status().isEnd()) {
                return new Outcome.EndedMeanwhile(record);
            }
            if (!clock.instant().isBefore(until) || pause.pause(BETWEEN_LOOKS)) {
                return new Outcome.NotYet(record);
            }
        }
    }

    private static String message(TaskId taskId, @Nullable String reason) {
        ObjectNode message = JSON.createObjectNode().put("cancel", taskId.value());
        return reason == null
                ? message.toString()
                : message.put("reason", reason).toString();
    }
}
