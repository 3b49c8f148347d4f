package dev.spillway.common.store;

import dev.spillway.common.task.TaskRequest;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Stores on a DynamoDB table whose requests are text of a chosen length, without the message format. */
public final class DynamoDbStores {

    private DynamoDbStores() {}

    /** A store whose requests take the given number of bytes. */
    public static DynamoDbTaskStore store(DynamoDbClient dynamoDb, String table, int requestBytes) {
        return new DynamoDbTaskStore(dynamoDb, table, new RememberedRequests(requestBytes));
    }

    /** Writes a number that it finds the request by. */
    private static final class RememberedRequests implements RequestCodec {

        private final int bytes;
        private final Map<String, TaskRequest> requests = new ConcurrentHashMap<>();
        private final AtomicInteger last = new AtomicInteger();

        RememberedRequests(int bytes) {
            this.bytes = bytes;
        }

        @Override
        public String write(TaskRequest request) {
            String text = ("%0" + bytes + "d").formatted(last.incrementAndGet());
            requests.put(text, request);
            return text;
        }

        @Override
        public TaskRequest read(String json) {
            return Objects.requireNonNull(requests.get(json), "a request that this store did not write");
        }
    }
}
