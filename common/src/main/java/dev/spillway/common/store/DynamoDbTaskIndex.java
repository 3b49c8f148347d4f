package dev.spillway.common.store;

import dev.spillway.common.store.IndexRules.Due;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The indexes of the table of {@link DynamoDbTaskStore}. A question is put to all shards at the same time, for up to
 * the limit each, since all of the answer may lie in one; the answers are merged in order.
 *
 * <p>DynamoDB writes its indexes shortly after the table, and reads them without strong consistency. Its errors
 * ({@link software.amazon.awssdk.core.exception.SdkException}) are thrown as they come; an answer lacks nothing but what
 * cannot be read, which is logged.
 */
public final class DynamoDbTaskIndex implements TaskIndex {

    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbTaskIndex.class);

    private final DynamoDbClient dynamoDb;
    private final String table;

    public DynamoDbTaskIndex(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public List<TaskId> due(Instant now, int limit) {
        IntFunction<QueryRequest.Builder> query = shard -> QueryRequest.builder()
                .indexName(TaskTable.DUE_INDEX)
                .keyConditionExpression(TaskTable.DUE_SHARD + " = :shard AND " + TaskTable.DUE_AT + " <= :now")
                .expressionAttributeValues(Map.of(
                        ":shard", AttributeValue.fromS(TaskTable.shardKey(shard)),
                        ":now", AttributeValue.fromS(InstantText.write(now))));
        return head(
                        TaskTable.SHARDS,
                        limit,
                        query,
                        item -> new Due(item.instant(TaskTable.DUE_AT), item.taskId()),
                        IndexRules.BY_DUE)
                .stream()
                .map(Due::taskId)
                .toList();
    }

    @Override
    public List<Waiting> waiting(int limit) {
        return head(1, limit, shard -> line(), DynamoDbTaskIndex::waiting, IndexRules.IN_LINE);
    }

    /** The line is one partition, so that its pages come one after another; one of them is in memory at a time. */
    @Override
    public Stream<Waiting> wholeLine() {
        QueryRequest query = line().tableName(table).limit(IndexRules.MAX_LIMIT).build();
        return dynamoDb.queryPaginator(query).items().stream()
                .flatMap(item -> readable(item, DynamoDbTaskIndex::waiting));
    }

    private static QueryRequest.Builder line() {
        return QueryRequest.builder()
                .indexName(TaskTable.WAITING_INDEX)
                .keyConditionExpression(TaskTable.WAITING_SHARD + " = :shard")
                .expressionAttributeValues(Map.of(":shard", AttributeValue.fromS(TaskTable.WAITING_LINE)));
    }

    @Override
    public List<Summary> withStatus(TaskStatus status, int limit) {
        IntFunction<QueryRequest.Builder> query = shard -> QueryRequest.builder()
                .indexName(TaskTable.STATUS_INDEX)
                .keyConditionExpression(TaskTable.STATUS_SHARD + " = :shard")
                .expressionAttributeValues(Map.of(":shard", AttributeValue.fromS(TaskTable.statusShard(status, shard))))
                .scanIndexForward(false);
        return head(TaskTable.SHARDS, limit, query, item -> summary(status, item), IndexRules.NEWEST_FIRST);
    }

    /** The first entries of all shards together. */
    private <T> List<T> head(
            int shards,
            int limit,
            IntFunction<QueryRequest.Builder> query,
            Function<ItemReader, T> read,
            Comparator<T> order) {
        IndexRules.checkLimit(limit);
        return IntStream.range(0, shards)
                .mapToObj(query)
                .gather(Gatherers.mapConcurrent(shards, shard -> headOfShard(limit, shard)))
                .flatMap(List::stream)
                .flatMap(item -> readable(item, read))
                .sorted(order)
                .limit(limit)
                .toList();
    }

    /** A page ends after 1 MB, whatever the limit; the next one is asked for only while entries are missing. */
    private List<Map<String, AttributeValue>> headOfShard(int limit, QueryRequest.Builder query) {
        return dynamoDb.queryPaginator(query.tableName(table).limit(limit).build()).items().stream()
                .limit(limit)
                .toList();
    }

    /** An entry that this version of the program cannot read must not hide the others. Its own record says so when it is due. */
    private static <T> Stream<T> readable(Map<String, AttributeValue> item, Function<ItemReader, T> read) {
        try {
            return Stream.of(read.apply(new ItemReader(item)));
        } catch (RuntimeException damaged) {
            LOG.error("passing over an entry that cannot be read: {}", item.get(TaskTable.TASK_ID), damaged);
            return Stream.empty();
        }
    }

    private static Waiting waiting(ItemReader item) {
        return new Waiting(
                item.taskId(),
                item.integer(TaskTable.PRIORITY),
                item.instant(TaskTable.CREATED_AT),
                item.instant(TaskTable.WAITING_SINCE),
                item.capacity(),
                item.needs(),
                item.mark(TaskTable.GIVES_WAY));
    }

    private static Summary summary(TaskStatus status, ItemReader item) {
        return new Summary(
                item.taskId(),
                status,
                item.capacityTypeOrNull(TaskTable.CAPACITY_TYPE),
                item.instant(TaskTable.CREATED_AT),
                item.instant(TaskTable.UPDATED_AT),
                item.textOrNull(TaskTable.REASON));
    }
}
