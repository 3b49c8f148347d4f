package dev.spillway.common.store;

import dev.spillway.common.message.TaskRequestJson;
import dev.spillway.common.task.TaskRequest;

/** Writes a request as the text that the table keeps, and reads it back: what is read equals what was written. */
interface RequestCodec {

    /** The message that would ask for the same. */
    RequestCodec MESSAGE = new RequestCodec() {
        @Override
        public String write(TaskRequest request) {
            return TaskRequestJson.write(request);
        }

        @Override
        public TaskRequest read(String json) {
            return TaskRequestJson.read(json);
        }
    };

    /** The request as JSON. */
    String write(TaskRequest request);

    /**
     * The request of such a text.
     *
     * @throws IllegalArgumentException if the text is no request
     */
    TaskRequest read(String json);
}
