package dev.spillway.local.cli.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The two queues, as a run looks at them. */
final class Queues {

    /** The attributes that the driver gives to a message that it does not accept. */
    private static final String REASON = "reason";

    private static final String SOURCE_MESSAGE_ID = "source_message_id";

    private static final List<QueueAttributeName> DEPTHS = List.of(
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
            QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);

    private final SqsClient sqs;
    private final String taskQueueUrl;
    private final String deadLetterQueueUrl;

    Queues(SqsClient sqs, String taskQueueUrl, String deadLetterQueueUrl) {
        this.sqs = sqs;
        this.taskQueueUrl = taskQueueUrl;
        this.deadLetterQueueUrl = deadLetterQueueUrl;
    }

    /** Whether every message has been answered for. The embedded queue's numbers are exact, unlike those of AWS. */
    boolean isTaskQueueEmpty() {
        Map<QueueAttributeName, String> depths = sqs.getQueueAttributes(
                        request -> request.queueUrl(taskQueueUrl).attributeNames(DEPTHS))
                .attributes();
        return DEPTHS.stream().map(name -> depths.getOrDefault(name, "0")).allMatch("0"::equals);
    }

    /** Takes everything off the dead-letter queue. */
    List<RunEvent.DeadLettered> takeDeadLetters() {
        List<RunEvent.DeadLettered> letters = new ArrayList<>();
        for (List<Message> messages = receive(); !messages.isEmpty(); messages = receive()) {
            messages.forEach(message -> letters.add(letter(message)));
            delete(messages);
        }
        return letters;
    }

    private List<Message> receive() {
        return sqs.receiveMessage(request -> request.queueUrl(deadLetterQueueUrl)
                        .maxNumberOfMessages(10)
                        .waitTimeSeconds(0)
                        .messageAttributeNames("All"))
                .messages();
    }

    private void delete(List<Message> messages) {
        sqs.deleteMessageBatch(request -> request.queueUrl(deadLetterQueueUrl)
                .entries(messages.stream()
                        .map(message -> DeleteMessageBatchRequestEntry.builder()
                                .id(message.messageId())
                                .receiptHandle(message.receiptHandle())
                                .build())
                        .toList()));
    }

    private static RunEvent.DeadLettered letter(Message message) {
        Map<String, MessageAttributeValue> attributes = message.messageAttributes();
        MessageAttributeValue source = attributes.get(SOURCE_MESSAGE_ID);
        MessageAttributeValue reason = attributes.get(REASON);
        // SQS itself moves a message with its id kept and nothing added.
        return new RunEvent.DeadLettered(
                source == null ? message.messageId() : source.stringValue(),
                reason == null ? null : reason.stringValue());
    }
}
