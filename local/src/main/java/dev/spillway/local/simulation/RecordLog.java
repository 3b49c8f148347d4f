package dev.spillway.local.simulation;

import dev.spillway.common.store.InMemoryTaskStore;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.store.TaskTables;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The table in memory, and the last form of every record that was ever in it. */
final class RecordLog implements TaskTables {

    private final InMemoryTaskStore records = new InMemoryTaskStore();
    private final Map<TaskId, TaskRecord> latest = new LinkedHashMap<>();
    private final Set<TaskId> live = new LinkedHashSet<>();

    /** In the order in which the tasks were first written. */
    List<TaskRecord> latest() {
        return new ArrayList<>(latest.values());
    }

    Optional<TaskRecord> latest(TaskId taskId) {
        return Optional.ofNullable(latest.get(taskId));
    }

    /** How many have not ended. */
    int live() {
        return live.size();
    }

    private void written(TaskRecord record) {
        latest.put(record.taskId(), record);
        if (record.status().isEnd()) {
            live.remove(record.taskId());
        } else {
            live.add(record.taskId());
        }
    }

    @Override
    public TaskIndex index(String table) {
        return records;
    }

    @Override
    public TaskStore store(String table) {
        return new TaskStore() {
            @Override
            public Creation create(TaskRecord first) {
                Creation answer = records.create(first);
                if (answer instanceof Creation.Created created) {
                    written(created.record());
                }
                return answer;
            }

            @Override
            public Update update(TaskRecord next) {
                Update answer = records.update(next);
                if (answer instanceof Update.Updated updated) {
                    written(updated.record());
                }
                return answer;
            }

            @Override
            public Optional<TaskRecord> find(TaskId taskId) {
                return records.find(taskId);
            }
        };
    }
}
