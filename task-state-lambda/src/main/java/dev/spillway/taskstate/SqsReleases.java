package dev.spillway.taskstate;

import dev.spillway.common.message.ReleaseMessage;
import dev.spillway.common.task.TaskId;
import java.time.Duration;
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
        long seconds = delay.plusMillis(999).toSeconds();
        sqs.sendMessage(r -> r.queueUrl(queueUrl)
                .messageBody(ReleaseMessage.body(taskId))
                .delaySeconds((int) Math.clamp(seconds, 0, MAX_DELAY_SECONDS)));
    }
}
