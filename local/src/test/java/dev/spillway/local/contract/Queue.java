package dev.spillway.local.contract;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue, as its sender and its consumer see it. */
record Queue(SqsClient sqs, String url) {

    /** Below the time that the functions' clients give a call. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    /** @return the message's id */
    String send(String body) {
        return sqs.sendMessage(send -> send.queueUrl(url).messageBody(body)).messageId();
    }

    /** The next message, which is then hidden from others. Waits for it as long as a message can be on its way. */
    Message receive() {
        return receive(LONGEST_WAIT).orElseThrow(() -> new AssertionError("no message came to " + url));
    }

    /** The next message, if one is there now. */
    Optional<Message> poll() {
        return receive(Duration.ZERO);
    }

    /** Gives a received message back. */
    void giveBack(Message message) {
        sqs.changeMessageVisibility(change ->
                change.queueUrl(url).receiptHandle(message.receiptHandle()).visibilityTimeout(0));
    }

    Map<QueueAttributeName, String> attributes() {
        return sqs.getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributes();
    }

    /** An attribute that is a number; the service's default where the server does not tell it. */
    int number(QueueAttributeName name, int untold) {
        String told = attributes().get(name);
        return told == null ? untold : Integer.parseInt(told);
    }

    private Optional<Message> receive(Duration wait) {
        return sqs
                .receiveMessage(receive -> receive.queueUrl(url)
                        .waitTimeSeconds((int) wait.toSeconds())
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                        .messageAttributeNames("All"))
                .messages()
                .stream()
                .findFirst();
    }
}
