package dev.spillway.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.local.template.QueueResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class QueueDepthsTest {

    private static final List<QueueResource> QUEUES = List.of(queue("Jobs"), queue("Dead"));
    private static final Map<String, String> URLS = Map.of("Jobs", "http://sqs.invalid/jobs", "Dead", "http://stopped");

    /** Does not leave the mark of an interruption to the next test. */
    @AfterEach
    void forgetTheInterruption() {
        Thread.interrupted();
    }

    @Test
    void a_queue_is_as_deep_as_sqs_says_and_of_an_age_that_is_not_known() {
        Map<String, QueueMetrics.Depth> depths = Queues.depths(new Sqs(), QUEUES.subList(0, 1), URLS);

        assertThat(depths).isEqualTo(Map.of("jobs", new QueueMetrics.Depth(7, Optional.empty())));
    }

    @Test
    void a_stop_in_the_middle_is_no_failure_and_the_thread_still_knows_of_it() {
        Map<String, QueueMetrics.Depth> depths = Queues.depths(new Sqs(), QUEUES, URLS);

        assertThat(depths).containsOnlyKeys("jobs");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    private static QueueResource queue(String id) {
        return new QueueResource(
                id, id.equals("Jobs") ? "jobs" : "dead", "arn", Duration.ZERO, Duration.ZERO, Optional.empty());
    }

    /** Has seven messages in each queue, and is interrupted at the second. */
    private static final class Sqs implements SqsClient {

        @Override
        public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
            if (request.queueUrl().equals("http://stopped")) {
                throw AbortedException.create("Thread was interrupted");
            }
            return GetQueueAttributesResponse.builder()
                    .attributes(Map.of(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "7"))
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
