package dev.spillway.taskstate;

import dev.spillway.common.message.ReleaseMessage;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskSize;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The release queue. */
final class SqsReleases implements Releases {

    /** SQS API reference, SendMessage: DelaySeconds. */
    private static final int MAX_DELAY_SECONDS = 900;

    private final SqsClient sqs;
    private final String queueUrl;

    SqsReleases(SqsClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    @Override
    public void release(TaskId taskId, Duration delay) {
        send(new ReleaseMessage(taskId, new ReleaseMessage.Reach.WholeChain()), delay);
    }

    @Override
    public void probe(TaskId taskId, @Nullable TaskSize roomiest) {
        send(new ReleaseMessage(taskId, new ReleaseMessage.Reach.BeyondInstances(roomiest)), Duration.ZERO);
    }

    private void send(ReleaseMessage message, Duration delay) {
        long seconds = delay.plusMillis(999).toSeconds();
        sqs.sendMessage(r -> r.queueUrl(queueUrl).messageBody(message.body()).delaySeconds((int)
                Math.clamp(seconds, 0, MAX_DELAY_SECONDS)));
    }
}
