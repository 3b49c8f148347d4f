package dev.spillway.local.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.spillway.common.message.ReleaseMessage;
import dev.spillway.common.task.TaskId;
import dev.spillway.driver.DriverAdapters;
import dev.spillway.taskstate.TaskStateAdapters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What the queues of template.yaml do for those who send to them and for the functions that they feed. */
abstract class QueueContract extends StackContract {

    private static final String BODY = "{\"taskDefinition\": \"größer\", \"note\": \"容量不足 🚢\\n\"}";

    private static final int MIB = 1_048_576;

    QueueContract(AwsServer server) {
        super(server);
    }

    @Nested
    class OfTasks {

        @Test
        void handAMessageToTheFunctionAsItWasSent() throws Exception {
            CompletableFuture<SQSEvent> handedOver = new CompletableFuture<>();
            try (EventSource source = EventSource.of(stack, server, "TaskQueue", event -> {
                handedOver.complete(event);
                return new SQSBatchResponse(List.of());
            })) {
                String id = source.queue().send(BODY);
                source.awaitDeletion(id);

                assertThat(handedOver.join().getRecords()).singleElement().satisfies(message -> {
                    assertThat(message.getMessageId()).isEqualTo(id);
                    assertThat(message.getBody()).isEqualTo(BODY);
                    assertThat(message.getEventSourceArn()).isEqualTo(source.arn());
                    assertThat(message.getAttributes()).containsEntry("ApproximateReceiveCount", "1");
                    assertThat(Long.parseLong(message.getAttributes().get("SentTimestamp")))
                            .isPositive();
                });
            }
        }

        @Test
        void hideAMessageThatIsWorkedOnForSixTimesTheFunctionsTimeout() {
            Queue queue = stack.queue("TaskQueue");
            queue.send(BODY);

            queue.receive();

            assertThat(queue.poll()).isEmpty();
            assertThat(queue.number(QueueAttributeName.VISIBILITY_TIMEOUT, 30)).isEqualTo(360);
            assertThat(queue.number(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, 0))
                    .isEqualTo(1);
        }

        @Test
        void giveAMessageThatWasNotDealtWithAgainAndCountIt() {
            Queue queue = stack.queue("TaskQueue");
            String id = queue.send(BODY);

            queue.giveBack(queue.receive());

            Message again = queue.receive();
            assertThat(again.messageId()).isEqualTo(id);
            assertThat(again.attributes()).containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
        }

        @Test
        void moveAMessageThatCameTooOftenToTheDeadLetters() {
            Queue queue = stack.queue("TaskQueue");
            queue.send(BODY);
            for (int receives = 0; receives < 5; receives++) {
                queue.giveBack(queue.receive());
            }

            assertThat(queue.poll()).isEmpty();

            assertThat(stack.queue("DeadLetterQueue").receive().body()).isEqualTo(BODY);
        }
    }

    @Nested
    class OfDeadLetters {

        @Test
        void keepTheMessageWithItsReasonAndItsId() {
            Message kept = deadLetter(BODY, "cpu: got \"größer\", wants a number 🚢");

            assertThat(kept.body()).isEqualTo(BODY);
            assertThat(texts(kept))
                    .isEqualTo(Map.of(
                            "reason", "cpu: got \"größer\", wants a number 🚢", "source_message_id", "original-id"));
        }

        @Test
        void keepAnEmptyMessage() {
            assertThat(deadLetter("", "the message is empty").body()).isBlank();
        }

        @Test
        void keepTheBeginningOfALongReason() {
            assertThat(texts(deadLetter(BODY, "too long ".repeat(2_000))).get("reason"))
                    .startsWith("too long too long")
                    .hasSize(8_192);
        }

        @Test
        void keepALongReasonThatIsCutInsideACharacter() {
            assertThat(texts(deadLetter(BODY, "x".repeat(8_191) + "🚢")).get("reason"))
                    .isEqualTo("x".repeat(8_191));
        }

        @Test
        void keepAMessageThatLeavesNoRoomForTheReason() {
            int largest = stack.queue("DeadLetterQueue").number(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, MIB);
            assumeTrue(largest >= MIB, () -> "a message is at most " + largest + " bytes there, not 1 MiB");
            String body = "🚢".repeat(MIB / 4);

            Message kept = deadLetter(body, "ü".repeat(8_192));

            assertThat(body).startsWith(kept.body());
            assertThat(kept.body().getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(MIB - 40_000);
            assertThat(texts(kept).get("reason")).hasSize(8_192);
        }

        private Message deadLetter(String body, String reason) {
            Queue queue = stack.queue("DeadLetterQueue");
            DriverAdapters.putDeadLetter(queue.sqs(), queue.url(), "original-id", body, reason);
            return queue.receive();
        }

        private static Map<String, String> texts(Message message) {
            return message.messageAttributes().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, attribute -> text(attribute.getValue())));
        }

        private static String text(MessageAttributeValue value) {
            assertThat(value.dataType()).isEqualTo("String");
            return value.stringValue();
        }
    }

    @Nested
    class OfReleases {

        private static final TaskId TASK = new TaskId("nightly-report_7");

        @Test
        void nameTheTask() {
            assertThat(ReleaseMessage.read(released(Duration.ZERO).receive().body())
                            .taskId())
                    .isEqualTo(TASK);
        }

        @Test
        void handOverAReleaseAfterItsDelay() {
            assertThat(ReleaseMessage.read(
                                    released(Duration.ofMillis(1)).receive().body())
                            .taskId())
                    .isEqualTo(TASK);
        }

        @Test
        void holdAReleaseBackUntilThen() {
            assertIsHeldBack(released(Duration.ofMinutes(10)));
        }

        @Test
        void holdAReleaseThatIsHoursAwayBackAsLongAsTheyCan() {
            assertIsHeldBack(released(Duration.ofHours(2)));
        }

        private Queue released(Duration delay) {
            Queue queue = stack.queue("ReleaseQueue");
            TaskStateAdapters.release(queue.sqs(), queue.url(), TASK, delay);
            return queue;
        }

        private static void assertIsHeldBack(Queue queue) {
            assertThat(queue.poll()).isEmpty();
            assertThat(queue.number(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED, 0))
                    .isEqualTo(1);
        }
    }
}
