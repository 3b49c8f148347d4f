package dev.spillway.local.eventsource;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.spillway.local.Await;
import dev.spillway.local.LocalAws;
import dev.spillway.local.dynamodb.EmbeddedDynamoDb;
import dev.spillway.local.dynamodb.Tables;
import dev.spillway.local.sqs.EmbeddedSqs;
import dev.spillway.local.sqs.PollingClient;
import dev.spillway.local.sqs.Queues;
import dev.spillway.local.template.Deployment;
import dev.spillway.local.template.LocalResourceValues;
import dev.spillway.local.template.QueueResource;
import dev.spillway.local.template.Template;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

class SqsEventSourceMappingTest {

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final AtomicInteger QUEUES = new AtomicInteger();

    private static EmbeddedSqs sqs;
    private static SqsClient client;

    private final BlockingQueue<SQSEvent> events = new LinkedBlockingQueue<>();
    private final List<SqsEventSourceMapping> started = new ArrayList<>();
    private String queueUrl = "";
    private String queueArn = "";
    private String deadLetterUrl = "";

    @BeforeAll
    static void start() {
        sqs = EmbeddedSqs.start(0, "us-east-1");
        client = PollingClient.at(sqs.endpoint(), Region.US_EAST_1, 64);
    }

    @AfterAll
    static void stop() {
        client.close();
        sqs.close();
    }

    @BeforeEach
    void a_queue_that_gives_up_after_two_receives() {
        String name = "q" + QUEUES.incrementAndGet();
        queueArn = arn(name);
        Map<String, String> urls = Queues.create(
                client,
                List.of(
                        new QueueResource(
                                "Q",
                                name,
                                queueArn,
                                SHORT,
                                Duration.ofDays(1),
                                Optional.of(new QueueResource.Redrive(2, arn(name + "-dead")))),
                        new QueueResource(
                                "D",
                                name + "-dead",
                                arn(name + "-dead"),
                                SHORT,
                                Duration.ofDays(1),
                                Optional.empty())));
        queueUrl = urls.getOrDefault("Q", "");
        deadLetterUrl = urls.getOrDefault("D", "");
    }

    @AfterEach
    void close_the_mapping() {
        started.forEach(SqsEventSourceMapping::close);
    }

    @Test
    void the_function_gets_a_full_event_and_the_message_is_deleted() throws Exception {
        String id = client.sendMessage(send -> send.queueUrl(queueUrl)
                        .messageBody("hello")
                        .messageAttributes(Map.of(
                                "colour",
                                MessageAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue("red")
                                        .build())))
                .messageId();
        start(10, 2, event -> {
            events.add(event);
            return new SQSBatchResponse(List.of());
        });

        SQSEvent.SQSMessage record = nextEvent().getRecords().getFirst();
        assertThat(record.getMessageId()).isEqualTo(id);
        assertThat(record.getBody()).isEqualTo("hello");
        assertThat(record.getMd5OfBody()).hasSize(32);
        assertThat(record.getReceiptHandle()).isNotBlank();
        assertThat(record.getEventSource()).isEqualTo("aws:sqs");
        assertThat(record.getEventSourceArn()).isEqualTo(queueArn);
        assertThat(record.getAwsRegion()).isEqualTo("us-east-1");
        assertThat(record.getAttributes())
                .containsEntry("ApproximateReceiveCount", "1")
                .containsKey("SentTimestamp");
        assertThat(record.getMessageAttributes())
                .hasEntrySatisfying(
                        "colour", colour -> assertThat(colour.getStringValue()).isEqualTo("red"));
        Await.until("the queue is empty", () -> count(queueUrl) == 0);
    }

    @Test
    void a_named_failure_comes_again_and_its_neighbour_does_not() throws Exception {
        send("good", "bad");
        Set<String> counts = ConcurrentHashMap.newKeySet();
        start(10, 2, event -> {
            List<SQSBatchResponse.BatchItemFailure> failures = new ArrayList<>();
            for (SQSEvent.SQSMessage record : event.getRecords()) {
                String count = record.getAttributes().getOrDefault("ApproximateReceiveCount", "");
                counts.add(record.getBody() + count);
                if (record.getBody().equals("bad") && count.equals("1")) {
                    failures.add(new SQSBatchResponse.BatchItemFailure(record.getMessageId()));
                }
            }
            return new SQSBatchResponse(failures);
        });

        Await.until("the failed one came again", () -> counts.contains("bad2"));
        Await.until("the queue is empty", () -> count(queueUrl) == 0);
        assertThat(counts).containsExactlyInAnyOrder("good1", "bad1", "bad2");
    }

    @Test
    void a_batch_whose_function_throws_ends_in_the_dead_letter_queue() throws Exception {
        send("poison");
        start(10, 2, event -> {
            events.add(event);
            throw new IllegalStateException("always");
        });

        Message dead = nextDeadLetter();
        assertThat(dead.body()).isEqualTo("poison");
        assertThat(events).hasSize(2);
    }

    @Test
    void a_message_that_did_not_pass_the_gateway_never_reaches_the_function() throws Exception {
        String injected = client.sendMessage(send -> send.queueUrl(queueUrl).messageBody("injected"))
                .messageId();
        sqs.handedOut().deleted(List.of(injected));
        start(10, 2, event -> {
            events.add(event);
            return new SQSBatchResponse(List.of());
        });
        send("honest");

        assertThat(nextEvent().getRecords())
                .extracting(SQSEvent.SQSMessage::getBody)
                .containsExactly("honest");
        assertThat(nextDeadLetter().body()).isEqualTo("injected");
        assertThat(events).isEmpty();
    }

    @Test
    void no_more_invocations_run_at_once_than_the_mapping_allows() throws Exception {
        CountDownLatch two = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        send("a", "b", "c", "d", "e", "f");
        start(1, 2, event -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            two.countDown();
            await(go);
            running.decrementAndGet();
            events.add(event);
            return new SQSBatchResponse(List.of());
        });

        assertThat(two.await(20, TimeUnit.SECONDS)).isTrue();
        go.countDown();
        Await.until("all six ran", () -> events.size() >= 6);
        assertThat(most).hasValue(2);
    }

    @Test
    void a_batch_larger_than_one_receive_fills_within_its_window() throws Exception {
        for (int i = 0; i < 3; i++) {
            send("1", "2", "3", "4", "5", "6", "7", "8");
        }
        started.add(SqsEventSourceMapping.start(
                new Mapping(queueUrl, queueArn, "us-east-1", 24, Duration.ofSeconds(20), true, 1),
                client,
                event -> {
                    events.add(event);
                    return new SQSBatchResponse(List.of());
                },
                sqs.handedOut()::contains,
                sqs.handedOut()::deleted,
                Clock.systemUTC()));

        assertThat(nextEvent().getRecords()).hasSize(24);
    }

    @Test
    void close_lets_a_running_invocation_end_and_deletes_its_messages() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        send("slow");
        start(10, 2, event -> {
            running.countDown();
            await(go);
            return new SQSBatchResponse(List.of());
        });
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> closed = CompletableFuture.runAsync(started.getFirst()::close);
        assertThat(closed.isDone()).isFalse();
        go.countDown();

        closed.get(20, TimeUnit.SECONDS);
        assertThat(count(queueUrl)).isZero();
    }

    @Test
    void many_small_messages_flow_and_each_is_handled_once() throws Exception {
        int total = 500;
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger handled = new AtomicInteger();
        client.setQueueAttributes(
                set -> set.queueUrl(queueUrl).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "60")));
        start(10, 5, event -> {
            event.getRecords().forEach(record -> {
                seen.add(record.getMessageId());
                handled.incrementAndGet();
            });
            return new SQSBatchResponse(List.of());
        });
        for (int i = 0; i < total; i += 10) {
            send("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        }

        Await.until("all were handled", () -> seen.size() == total);
        Await.until("the queue is empty", () -> count(queueUrl) == 0);
        assertThat(handled).hasValue(total);
    }

    @Test
    void the_queues_and_the_table_of_the_real_template_can_be_made() {
        Template template = Template.read(
                Path.of("..", "template.yaml"),
                new Deployment("spillway", "us-east-1", EmbeddedSqs.ACCOUNT_ID, Map.of("Subnets", "subnet-1")),
                new LocalResourceValues("us-east-1", EmbeddedSqs.ACCOUNT_ID, sqs.endpoint()));

        Map<String, String> urls = Queues.create(client, template.queues());

        assertThat(urls.get("TaskQueue")).isEqualTo(template.outputs().get("TaskQueueUrl"));
        assertThat(client.getQueueAttributes(get ->
                                get.queueUrl(urls.get("TaskQueue")).attributeNames(QueueAttributeName.REDRIVE_POLICY))
                        .attributes()
                        .get(QueueAttributeName.REDRIVE_POLICY))
                .contains("spillway-dead-letters");
        try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start(0);
                DynamoDbClient tables = LocalAws.dynamoDb(dynamoDb.endpoint())) {
            template.tables().forEach(table -> Tables.create(tables, table));
            assertThat(tables.describeTable(table -> table.tableName("spillway-tasks"))
                            .table()
                            .globalSecondaryIndexes())
                    .extracting(index -> index.indexName())
                    .containsExactlyInAnyOrder("status", "due", "waiting");
        }
    }

    private void start(int batchSize, int concurrency, BatchFunction function) {
        started.add(SqsEventSourceMapping.start(
                new Mapping(queueUrl, queueArn, "us-east-1", batchSize, Duration.ZERO, true, concurrency),
                client,
                function,
                sqs.handedOut()::contains,
                sqs.handedOut()::deleted,
                Clock.systemUTC()));
    }

    private void send(String... bodies) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (String body : bodies) {
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id("m" + entries.size())
                    .messageBody(body)
                    .build());
        }
        client.sendMessageBatch(send -> send.queueUrl(queueUrl).entries(entries));
    }

    private SQSEvent nextEvent() throws InterruptedException {
        SQSEvent event = events.poll(30, TimeUnit.SECONDS);
        assertThat(event).describedAs("no event came within 30 s").isNotNull();
        return event;
    }

    /** Without a long poll: ElasticMQ does not wake one for a message that is moved by a redrive. */
    private Message nextDeadLetter() {
        List<Message> dead = new ArrayList<>();
        Await.until("a dead letter", () -> {
            dead.addAll(client.receiveMessage(receive -> receive.queueUrl(deadLetterUrl))
                    .messages());
            return !dead.isEmpty();
        });
        return dead.getFirst();
    }

    private static int count(String url) {
        Map<QueueAttributeName, String> attributes = client.getQueueAttributes(get -> get.queueUrl(url)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes();
        return attributes.values().stream().mapToInt(Integer::parseInt).sum();
    }

    private static String arn(String name) {
        return "arn:aws:sqs:us-east-1:000000000000:" + name;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
