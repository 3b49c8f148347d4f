package dev.spillway.common.task;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one task: one item of the table.
 *
 * @param request what the message asked for; null where the message was rejected
 * @param needs what the task needs; null until its task definition was read, and for a function
 * @param attempt the run that is under way or was the last, from 1; 0 where the message was rejected
 * @param launch the number of the current or last launch, from 1; part of the client token
 * @param losses how many runs the infrastructure took back; they spend no attempt
 * @param failedStarts how many starts in a row have failed, for example because an image could not be pulled; they spend
 *     no attempt either, and a start that succeeds begins the count anew
 * @param replayLaunch whether the answer to the last launch is unknown, so that the next try has to ask with the same launch number
 * @param claim who holds the lease of a launch: a value that no other claim has
 * @param capacityType what the task runs or last ran on
 * @param resumeAfter a waiting task was given up on this capacity type, and the next launch goes on after it along the
 *     chain; null to begin at the chain's start
 * @param givesWay whether newcomers need not wait behind it for instances: none of them could hold it even if it were
 *     empty, or ECS goes on to refuse it
 * @param taskArn the current ECS task, or the request id of a function invocation; null while there is none
 * @param pastTaskArns ECS tasks and invocations that this record is done with, oldest first
 * @param containerInstanceArn where the current ECS task runs, on EC2
 * @param reason why the task is in its status, in a plain sentence
 * @param exitCode of the essential container that decided the end
 * @param history oldest first, bounded
 * @param eventVersion the largest {@code detail.version} of ECS seen for the current task
 * @param createdAt when the message was sent; the age of the task
 * @param waitingSince since when the task has wanted a place; starts anew when a place is lost
 * @param notBefore a waiting task is not launched before this
 * @param placedAt when AWS accepted the current or last launch
 * @param startedAt when its containers, or its function, started
 * @param stoppedAt when the task ended
 * @param updatedAt when this record was last written
 * @param dueAt when somebody has to look again; null once the task has ended
 * @param expiresAt when the table may forget the task; null while it lives
 * @param version how often the record was written; every write is conditional on it
 */
public record TaskRecord(
        TaskId taskId,
        TaskStatus status,
        @Nullable TaskRequest request,
        @Nullable TaskNeeds needs,
        int attempt,
        int launch,
        int losses,
        int failedStarts,
        boolean replayLaunch,
        @Nullable String claim,
        @Nullable CapacityType capacityType,
        @Nullable CapacityType resumeAfter,
        boolean givesWay,
        @Nullable String taskArn,
        List<String> pastTaskArns,
        @Nullable String containerInstanceArn,
        @Nullable String reason,
        @Nullable Integer exitCode,
        List<HistoryEntry> history,
        long eventVersion,
        Instant createdAt,
        Instant waitingSince,
        @Nullable Instant notBefore,
        @Nullable Instant placedAt,
        @Nullable Instant startedAt,
        @Nullable Instant stoppedAt,
        Instant updatedAt,
        @Nullable Instant dueAt,
        @Nullable Instant expiresAt,
        long version) {

    /** Lines of history that a record keeps: the first one, and the newest. */
    public static final int MAX_HISTORY = 60;

    /** Past tasks that a record keeps, the newest; only a task that was given up again and again has had more. */
    public static final int MAX_PAST_TASKS = 200;

    public TaskRecord {
        pastTaskArns = List.copyOf(pastTaskArns);
        history = List.copyOf(history);
    }

    /** A record of its first status, not yet written. */
    public static Builder first(TaskId taskId, TaskStatus status, Instant createdAt, Instant now, String what) {
        return new Builder(taskId, status, createdAt, now, what);
    }

    /** A changed copy; the history and {@link #updatedAt} are written by {@link Builder#become}. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** What the task may run on, in its order, as far as is known. */
    public List<CapacityType> capacity() {
        if (needs != null) {
            return needs.capacity();
        }
        return request == null ? List.of() : request.capacity();
    }

    /** Whether the ECS task or invocation is this record's, now or in the past. */
    public boolean knows(String arn) {
        return arn.equals(taskArn) || pastTaskArns.contains(arn);
    }

    /** Whether a driver holds this launch at the given instant. */
    public boolean isLeased(Instant now) {
        return status == TaskStatus.LAUNCHING && dueAt != null && now.isBefore(dueAt);
    }

    /** Collects changes of a record. */
    public static final class Builder {
        private TaskId taskId;
        private TaskStatus status;
        private @Nullable TaskRequest request;
        private @Nullable TaskNeeds needs;
        private int attempt;
        private int launch;
        private int losses;
        private int failedStarts;
        private boolean replayLaunch;
        private @Nullable String claim;
        private @Nullable CapacityType capacityType;
        private @Nullable CapacityType resumeAfter;
        private boolean givesWay;
        private @Nullable String taskArn;
        private List<String> pastTaskArns;
        private @Nullable String containerInstanceArn;
        private @Nullable String reason;
        private @Nullable Integer exitCode;
        private List<HistoryEntry> history;
        private long eventVersion;
        private Instant createdAt;
        private Instant waitingSince;
        private @Nullable Instant notBefore;
        private @Nullable Instant placedAt;
        private @Nullable Instant startedAt;
        private @Nullable Instant stoppedAt;
        private Instant updatedAt;
        private @Nullable Instant dueAt;
        private @Nullable Instant expiresAt;
        private long version;

        private Builder(TaskId taskId, TaskStatus status, Instant createdAt, Instant now, String what) {
            this.taskId = taskId;
            this.status = status;
            this.pastTaskArns = List.of();
            this.history = List.of(new HistoryEntry(now, status, what));
            this.createdAt = createdAt;
            this.waitingSince = createdAt;
            this.updatedAt = now;
        }

        private Builder(TaskRecord from) {
            this.taskId = from.taskId;
            this.status = from.status;
            this.request = from.request;
            this.needs = from.needs;
            this.attempt = from.attempt;
            this.launch = from.launch;
            this.losses = from.losses;
            this.failedStarts = from.failedStarts;
            this.replayLaunch = from.replayLaunch;
            this.claim = from.claim;
            this.capacityType = from.capacityType;
            this.resumeAfter = from.resumeAfter;
            this.givesWay = from.givesWay;
            this.taskArn = from.taskArn;
            this.pastTaskArns = from.pastTaskArns;
            this.containerInstanceArn = from.containerInstanceArn;
            this.reason = from.reason;
            this.exitCode = from.exitCode;
            this.history = from.history;
            this.eventVersion = from.eventVersion;
            this.createdAt = from.createdAt;
            this.waitingSince = from.waitingSince;
            this.notBefore = from.notBefore;
            this.placedAt = from.placedAt;
            this.startedAt = from.startedAt;
            this.stoppedAt = from.stoppedAt;
            this.updatedAt = from.updatedAt;
            this.dueAt = from.dueAt;
            this.expiresAt = from.expiresAt;
            this.version = from.version;
        }

        /**
         * Moves the record to a status and says why in its history.
         *
         * @throws IllegalStateException if the life cycle has no such step
         */
        public Builder become(TaskStatus next, Instant now, String what) {
            if (!status.canBecome(next)) {
                throw new IllegalStateException("task " + taskId + " cannot go from " + status + " to " + next);
            }
            status = next;
            if (next != TaskStatus.WAITING && next != TaskStatus.LAUNCHING) {
                givesWay = false;
            }
            return note(now, what);
        }

        /** Adds a line to the history under the present status. */
        public Builder note(Instant now, String what) {
            List<HistoryEntry> longer = new ArrayList<>(history);
            longer.add(new HistoryEntry(now, status, what));
            if (longer.size() > MAX_HISTORY) {
                longer.remove(1);
            }
            history = longer;
            updatedAt = now;
            return this;
        }

        /**
         * Moves the record to an end.
         *
         * @param retention how long the table keeps it from now on
         */
        public Builder end(TaskStatus end, String why, Instant now, Duration retention) {
            become(end, now, why);
            reason = why;
            claim = null;
            replayLaunch = false;
            notBefore = null;
            stoppedAt = now;
            dueAt = null;
            expiresAt = now.plus(retention);
            return this;
        }

        /** Puts the current ECS task among the past ones, so that its late events are known for what they are. */
        public Builder leaveTask() {
            if (taskArn != null) {
                List<String> longer = new ArrayList<>(pastTaskArns);
                longer.add(taskArn);
                pastTaskArns = longer.subList(Math.max(0, longer.size() - MAX_PAST_TASKS), longer.size());
            }
            taskArn = null;
            containerInstanceArn = null;
            eventVersion = 0;
            return this;
        }

        public Builder request(@Nullable TaskRequest value) {
            this.request = value;
            return this;
        }

        public Builder needs(@Nullable TaskNeeds value) {
            this.needs = value;
            return this;
        }

        public Builder attempt(int value) {
            this.attempt = value;
            return this;
        }

        public Builder launch(int value) {
            this.launch = value;
            return this;
        }

        public Builder losses(int value) {
            this.losses = value;
            return this;
        }

        public Builder failedStarts(int value) {
            this.failedStarts = value;
            return this;
        }

        public Builder replayLaunch(boolean value) {
            this.replayLaunch = value;
            return this;
        }

        public Builder claim(@Nullable String value) {
            this.claim = value;
            return this;
        }

        public Builder capacityType(@Nullable CapacityType value) {
            this.capacityType = value;
            return this;
        }

        public Builder resumeAfter(@Nullable CapacityType value) {
            this.resumeAfter = value;
            return this;
        }

        public Builder givesWay(boolean value) {
            this.givesWay = value;
            return this;
        }

        public Builder taskArn(@Nullable String value) {
            this.taskArn = value;
            return this;
        }

        public Builder containerInstanceArn(@Nullable String value) {
            this.containerInstanceArn = value;
            return this;
        }

        public Builder reason(@Nullable String value) {
            this.reason = value;
            return this;
        }

        public Builder exitCode(@Nullable Integer value) {
            this.exitCode = value;
            return this;
        }

        public Builder eventVersion(long value) {
            this.eventVersion = value;
            return this;
        }

        public Builder waitingSince(Instant value) {
            this.waitingSince = value;
            return this;
        }

        public Builder notBefore(@Nullable Instant value) {
            this.notBefore = value;
            return this;
        }

        public Builder placedAt(@Nullable Instant value) {
            this.placedAt = value;
            return this;
        }

        public Builder startedAt(@Nullable Instant value) {
            this.startedAt = value;
            return this;
        }

        public Builder stoppedAt(@Nullable Instant value) {
            this.stoppedAt = value;
            return this;
        }

        public Builder dueAt(@Nullable Instant value) {
            this.dueAt = value;
            return this;
        }

        public Builder expiresAt(@Nullable Instant value) {
            this.expiresAt = value;
            return this;
        }

        public Builder version(long value) {
            this.version = value;
            return this;
        }

        public TaskRecord build() {
            return new TaskRecord(
                    taskId,
                    status,
                    request,
                    needs,
                    attempt,
                    launch,
                    losses,
                    failedStarts,
                    replayLaunch,
                    claim,
                    capacityType,
                    resumeAfter,
                    givesWay,
                    taskArn,
                    pastTaskArns,
                    containerInstanceArn,
                    reason,
                    exitCode,
                    history,
                    eventVersion,
                    createdAt,
                    waitingSince,
                    notBefore,
                    placedAt,
                    startedAt,
                    stoppedAt,
                    updatedAt,
                    dueAt,
                    expiresAt,
                    version);
        }
    }
}
