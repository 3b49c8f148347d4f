package dev.spillway.local.system;

import dev.spillway.common.store.DynamoDbTaskStore;
import dev.spillway.common.task.TaskRecord;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** Sees every record that a function writes, as the table's stream would show it, and without a delay. */
final class RecordWatch {

    private static final Map<String, AttributeValue> NOTHING_KNOWN = Map.of();

    private final List<Consumer<TaskRecord>> listeners = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<Map<String, AttributeValue>, Map<String, AttributeValue>>> images =
            new CopyOnWriteArrayList<>();

    /** Gives the listener the item before (empty for a new one) and after each put, as the table's stream does. */
    void addImages(BiConsumer<Map<String, AttributeValue>, Map<String, AttributeValue>> listener) {
        images.add(listener);
    }

    void add(Consumer<TaskRecord> listener) {
        listeners.add(listener);
    }

    /**
     * The same client, watched. A put that DynamoDB refuses is not seen, unless it was made before: the SDK repeats one
     * whose answer it did not get, and what then stands in its way is the very item that it wrote.
     */
    DynamoDbClient watching(DynamoDbClient client) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (!method.getName().equals("putItem") || !(arguments[0] instanceof PutItemRequest put)) {
                return call(client, method, arguments);
            }
            PutItemRequest asking =
                    put.toBuilder().returnValues(ReturnValue.ALL_OLD).build();
            try {
                PutItemResponse answer = client.putItem(asking);
                written(answer.attributes(), put.item());
                return answer;
            } catch (ConditionalCheckFailedException refused) {
                if (put.item().equals(refused.item())) {
                    written(NOTHING_KNOWN, put.item());
                }
                throw refused;
            }
        };
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, handler);
    }

    private void written(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        images.forEach(listener -> listener.accept(before, after));
        if (!listeners.isEmpty()) {
            TaskRecord record = DynamoDbTaskStore.record(after);
            listeners.forEach(listener -> listener.accept(record));
        }
    }

    private static @Nullable Object call(DynamoDbClient client, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(client, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }
}
