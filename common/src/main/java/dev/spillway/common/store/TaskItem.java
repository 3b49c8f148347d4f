package dev.spillway.common.store;

import dev.spillway.common.message.TaskRequestJson;
import dev.spillway.common.task.HistoryEntry;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskStatus;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A task's record as an item of the table, and back. The item also carries the keys of the indexes that hold the
 * record; they follow from the record and are not read back. The request is kept as the message that would ask for the same.
 */
final class TaskItem {

    private static final String STATUS = "status";
    private static final String REQUEST = "request";
    private static final String ATTEMPT = "attempt";
    private static final String LAUNCH = "launch";
    private static final String LOSSES = "losses";
    private static final String FAILED_STARTS = "failed_starts";
    private static final String REPLAY_LAUNCH = "replay_launch";
    private static final String CLAIM = "claim";
    private static final String RESUME_AFTER = "resume_after";
    private static final String TASK_ARN = "task_arn";
    private static final String PAST_TASK_ARNS = "past_task_arns";
    private static final String CONTAINER_INSTANCE_ARN = "container_instance_arn";
    private static final String EXIT_CODE = "exit_code";
    private static final String HISTORY = "history";
    private static final String EVENT_VERSION = "event_version";
    private static final String NOT_BEFORE = "not_before";
    private static final String PLACED_AT = "placed_at";
    private static final String STARTED_AT = "started_at";
    private static final String STOPPED_AT = "stopped_at";
    private static final String EXPIRES_AT = "expires_at";

    private static final String LINE_AT = "at";
    private static final String LINE_WHAT = "what";

    private TaskItem() {}

    /** The item of a record that has its {@link StoredForm}. */
    static Map<String, AttributeValue> write(TaskRecord task) {
        ItemWriter item = new ItemWriter()
                .text(TaskTable.TASK_ID, task.taskId().value())
                .constant(STATUS, task.status())
                .number(ATTEMPT, task.attempt())
                .number(LAUNCH, task.launch())
                .number(LOSSES, task.losses())
                .number(FAILED_STARTS, task.failedStarts())
                .flag(REPLAY_LAUNCH, task.replayLaunch())
                .text(CLAIM, task.claim())
                .constant(TaskTable.CAPACITY_TYPE, task.capacityType())
                .constant(RESUME_AFTER, task.resumeAfter())
                .mark(TaskTable.GIVES_WAY, task.givesWay())
                .text(TASK_ARN, task.taskArn())
                .list(
                        PAST_TASK_ARNS,
                        task.pastTaskArns().stream().map(AttributeValue::fromS).toList())
                .text(CONTAINER_INSTANCE_ARN, task.containerInstanceArn())
                .text(TaskTable.REASON, task.reason())
                .number(EXIT_CODE, task.exitCode())
                .list(HISTORY, task.history().stream().map(TaskItem::line).toList())
                .number(EVENT_VERSION, task.eventVersion())
                .number(TaskTable.VERSION, task.version());
        writeRequest(item, task);
        writeInstants(item, task);
        writeIndexKeys(item, task);
        return item.item();
    }

    private static void writeRequest(ItemWriter item, TaskRecord task) {
        TaskRequest request = task.request();
        if (request != null) {
            item.text(REQUEST, TaskRequestJson.write(request)).number(TaskTable.PRIORITY, request.priority());
        }
        TaskNeeds needs = task.needs();
        if (needs != null) {
            item.number(TaskTable.CPU, needs.size().cpu())
                    .number(TaskTable.MEMORY, needs.size().memory())
                    .flag(TaskTable.SIZE_DECIDES, needs.sizeDecides());
        }
        if (request != null || needs != null) {
            item.list(
                    TaskTable.CAPACITY,
                    task.capacity().stream()
                            .map(type -> AttributeValue.fromS(type.name()))
                            .toList());
        }
    }

    private static void writeInstants(ItemWriter item, TaskRecord task) {
        Instant expiresAt = task.expiresAt();
        item.instant(TaskTable.CREATED_AT, task.createdAt())
                .instant(TaskTable.WAITING_SINCE, task.waitingSince())
                .instant(NOT_BEFORE, task.notBefore())
                .instant(PLACED_AT, task.placedAt())
                .instant(STARTED_AT, task.startedAt())
                .instant(STOPPED_AT, task.stoppedAt())
                .instant(TaskTable.UPDATED_AT, task.updatedAt())
                .instant(TaskTable.DUE_AT, task.dueAt())
                .number(EXPIRES_AT, expiresAt == null ? null : expiresAt.getEpochSecond());
    }

    private static void writeIndexKeys(ItemWriter item, TaskRecord task) {
        int shard = TaskTable.shard(task.taskId());
        item.text(TaskTable.STATUS_SHARD, TaskTable.statusShard(task.status(), shard));
        IndexRules.due(task).ifPresent(due -> item.text(TaskTable.DUE_SHARD, TaskTable.shardKey(shard)));
        IndexRules.waiting(task)
                .ifPresent(waiting -> item.text(TaskTable.WAITING_SHARD, TaskTable.WAITING_LINE)
                        .text(TaskTable.WAITING_ORDER, TaskTable.waitingOrder(waiting)));
    }

    /**
     * The record of an item.
     *
     * @throws IllegalStateException if this version of the program cannot have written the item
     */
    static TaskRecord read(Map<String, AttributeValue> attributes) {
        try {
            return record(new ItemReader(attributes));
        } catch (RuntimeException e) {
            throw new IllegalStateException("the item of task " + attributes.get(TaskTable.TASK_ID) + " is damaged", e);
        }
    }

    private static TaskRecord record(ItemReader item) {
        return new TaskRecord(
                item.taskId(),
                TaskStatus.valueOf(item.text(STATUS)),
                request(item),
                item.needs(),
                item.integer(ATTEMPT),
                item.integer(LAUNCH),
                item.integer(LOSSES),
                item.integer(FAILED_STARTS),
                item.flag(REPLAY_LAUNCH),
                item.textOrNull(CLAIM),
                item.capacityTypeOrNull(TaskTable.CAPACITY_TYPE),
                item.capacityTypeOrNull(RESUME_AFTER),
                item.mark(TaskTable.GIVES_WAY),
                item.textOrNull(TASK_ARN),
                item.list(PAST_TASK_ARNS, AttributeValue::s),
                item.textOrNull(CONTAINER_INSTANCE_ARN),
                item.textOrNull(TaskTable.REASON),
                item.intOrNull(EXIT_CODE),
                item.list(HISTORY, TaskItem::line),
                item.number(EVENT_VERSION),
                item.instant(TaskTable.CREATED_AT),
                item.instant(TaskTable.WAITING_SINCE),
                item.instantOrNull(NOT_BEFORE),
                item.instantOrNull(PLACED_AT),
                item.instantOrNull(STARTED_AT),
                item.instantOrNull(STOPPED_AT),
                item.instant(TaskTable.UPDATED_AT),
                item.instantOrNull(TaskTable.DUE_AT),
                expiresAt(item),
                item.number(TaskTable.VERSION));
    }

    private static @Nullable TaskRequest request(ItemReader item) {
        String json = item.textOrNull(REQUEST);
        return json == null ? null : TaskRequestJson.read(json);
    }

    private static @Nullable Instant expiresAt(ItemReader item) {
        Long seconds = item.numberOrNull(EXPIRES_AT);
        return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }

    private static AttributeValue line(HistoryEntry line) {
        return AttributeValue.fromM(new ItemWriter()
                .instant(LINE_AT, line.at())
                .constant(STATUS, line.status())
                .text(LINE_WHAT, line.what())
                .item());
    }

    private static HistoryEntry line(AttributeValue value) {
        ItemReader line = new ItemReader(value.m());
        return new HistoryEntry(line.instant(LINE_AT), TaskStatus.valueOf(line.text(STATUS)), line.text(LINE_WHAT));
    }
}
