package dev.spillway.common.store;

import dev.spillway.common.store.TaskIndex.Waiting;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskStatus;

/**
 * The names and keys of the table, as {@code template.yaml} declares them. The partition key of the indexes by status and
 * by due time is a shard: one partition key takes 1,000 writes a second at most (DynamoDB developer guide, "Best
 * practices for designing partition keys"), and all tasks of a status would otherwise share one.
 *
 * <p>The waiting line is one partition: the driver reads its head for every batch, which has to be one query, and few
 * tasks join it in a second, as each of them costs a driver several calls.
 */
final class TaskTable {

    /** Shards of the indexes by status and due time. A change orphans what is in the table: a reader asks for the shards that it knows. */
    static final int SHARDS = 8;

    /** The only partition of the waiting index. */
    static final String WAITING_LINE = "0";

    static final String STATUS_INDEX = "status";
    static final String DUE_INDEX = "due";
    static final String WAITING_INDEX = "waiting";

    static final String TASK_ID = "task_id";
    static final String VERSION = "version";
    static final String STATUS_SHARD = "status_shard";
    static final String UPDATED_AT = "updated_at";
    static final String DUE_SHARD = "due_shard";
    static final String DUE_AT = "due_at";
    static final String WAITING_SHARD = "waiting_shard";
    static final String WAITING_ORDER = "waiting_order";

    static final String CAPACITY_TYPE = "capacity_type";
    static final String CREATED_AT = "created_at";
    static final String REASON = "reason";
    static final String PRIORITY = "priority";
    static final String CAPACITY = "capacity";
    static final String CPU = "cpu";
    static final String MEMORY = "memory";
    static final String SIZE_DECIDES = "size_decides";
    static final String WAITING_SINCE = "waiting_since";
    static final String GIVES_WAY = "gives_way";

    /** 2^32 over the golden ratio: times this, the upper bits of a product depend on all bits of the factor. */
    private static final int SPREAD = 0x9E3779B9;

    private TaskTable() {}

    /** The shard of a task, for its life: {@link String#hashCode} is specified and the same in every JVM. */
    static int shard(TaskId taskId) {
        long spread = Integer.toUnsignedLong(taskId.value().hashCode() * SPREAD);
        return (int) ((spread * SHARDS) >>> Integer.SIZE);
    }

    /** The partition of the status index that holds a status's tasks of a shard. */
    static String statusShard(TaskStatus status, int shard) {
        return status + "#" + shard;
    }

    /** The partition of the due index that holds the tasks of a shard. */
    static String shardKey(int shard) {
        return Integer.toString(shard);
    }

    /** Sorts as text in the order of {@link IndexRules#IN_LINE}. */
    static String waitingOrder(Waiting waiting) {
        int fromTheTop = TaskRequest.MAX_PRIORITY - waiting.priority();
        return "%03d#%s#%s".formatted(fromTheTop, InstantText.write(waiting.createdAt()), waiting.taskId());
    }
}
