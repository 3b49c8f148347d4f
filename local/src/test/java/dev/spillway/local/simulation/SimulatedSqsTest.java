package dev.spillway.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.local.sqs.QueueMetrics;
import dev.spillway.local.template.QueueResource;
import dev.spillway.local.time.SimulatedTimeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

class SimulatedSqsTest {

    private static final String URL = "http://sqs.invalid/";
    private static final Duration VISIBILITY = Duration.ofMinutes(6);
    private static final Duration RETENTION = Duration.ofDays(4);

    private final SimulatedTimeline timeline = new SimulatedTimeline(SimulatedSystem.START, 1);
    private final SimulatedSqs sqs = new SimulatedSqs(
            List.of(
                    queue("Jobs", Optional.of(new QueueResource.Redrive(2, "arn:aws:sqs:r:a:dead"))),
                    new QueueResource("Dead", "dead", "arn:aws:sqs:r:a:dead", VISIBILITY, RETENTION, Optional.empty())),
            URL,
            timeline,
            1);
    private final SimulatedQueue jobs = sqs.queue("Jobs");

    private static QueueResource queue(String id, Optional<QueueResource.Redrive> redrive) {
        return new QueueResource(id, "jobs", "arn:aws:sqs:r:a:jobs", VISIBILITY, RETENTION, redrive);
    }

    private void send(String body) {
        sqs.sendMessage(r -> r.queueUrl(URL + "jobs").messageBody(body));
    }

    @Test
    void messagesComeInTheirOrderAndAtMostAsManyAsAskedFor() {
        List.of("a", "b", "c").forEach(this::send);
        assertThat(jobs.receive(2)).extracting(Message::body).containsExactly("a", "b");
        assertThat(jobs.receive(2)).extracting(Message::body).containsExactly("c");
    }

    @Test
    void a_queue_tells_how_much_waits_and_how_old_it_is_until_it_is_deleted() {
        assertThat(jobs.depth()).isEqualTo(new QueueMetrics.Depth(0, Optional.empty()));
        send("old");
        timeline.runFor(Duration.ofSeconds(5));
        send("young");
        timeline.runFor(Duration.ofSeconds(1));
        assertThat(jobs.depth()).isEqualTo(new QueueMetrics.Depth(2, Optional.of(Duration.ofSeconds(6))));

        String old = jobs.receive(1).getFirst().messageId();
        assertThat(jobs.depth()).isEqualTo(new QueueMetrics.Depth(1, Optional.of(Duration.ofSeconds(6))));
        jobs.delete(old);
        assertThat(sqs.depths())
                .containsEntry("jobs", new QueueMetrics.Depth(1, Optional.of(Duration.ofSeconds(1))))
                .containsEntry("dead", new QueueMetrics.Depth(0, Optional.empty()));
    }

    @Test
    void a_message_that_was_received_three_times_is_left_out_of_the_age() {
        SimulatedQueue patient = new SimulatedQueue(queue("Patient", Optional.empty()), timeline, arn -> jobs);
        patient.send("id", "poison", Map.of(), Duration.ZERO);
        for (int received = 1; received <= 3; received++) {
            assertThat(patient.depth().oldest()).isPresent();
            patient.receive(1);
            timeline.runFor(VISIBILITY);
        }

        assertThat(patient.depth()).isEqualTo(new QueueMetrics.Depth(1, Optional.empty()));
    }

    @Test
    void in_the_dead_letter_queue_a_message_is_as_old_as_its_move() {
        send("poison");
        for (int received = 1; received <= 3; received++) {
            jobs.receive(1);
            timeline.runFor(VISIBILITY);
        }

        assertThat(sqs.queue("Dead").depth()).isEqualTo(new QueueMetrics.Depth(1, Optional.of(VISIBILITY)));
    }

    @Test
    void aDelayedMessageComesWhenItsDelayIsOver() {
        sqs.sendMessage(r -> r.queueUrl(URL + "jobs").messageBody("late").delaySeconds(30));
        timeline.runFor(Duration.ofSeconds(29));
        assertThat(jobs.receive(10)).isEmpty();
        assertThat(jobs.isEmpty()).isFalse();
        timeline.runFor(Duration.ofSeconds(1));
        assertThat(jobs.receive(10)).hasSize(1);
    }

    @Test
    void whatIsNotDeletedComesAgainAndAtLastToTheDeadLetterQueue() {
        send("poison");
        String first = jobs.receive(10).getFirst().messageId();
        timeline.runFor(VISIBILITY);
        Message second = jobs.receive(10).getFirst();
        assertThat(second.messageId()).isEqualTo(first);
        assertThat(second.attributes())
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2")
                .containsEntry(
                        MessageSystemAttributeName.SENT_TIMESTAMP, Long.toString(SimulatedSystem.START.toEpochMilli()));
        timeline.runFor(VISIBILITY);
        assertThat(jobs.receive(10)).isEmpty();
        assertThat(jobs.isEmpty()).isTrue();
        assertThat(sqs.queue("Dead").peek()).extracting(Message::body).containsExactly("poison");
    }

    @Test
    void whatIsDeletedDoesNotComeAgain() {
        send("done");
        jobs.delete(jobs.receive(10).getFirst().messageId());
        timeline.runFor(VISIBILITY.multipliedBy(3));
        assertThat(jobs.receive(10)).isEmpty();
        assertThat(sqs.queue("Dead").isEmpty()).isTrue();
    }

    @Test
    void aMessageIsKeptForTheQueuesRetention() {
        send("old");
        timeline.runFor(RETENTION);
        assertThat(jobs.receive(10)).isEmpty();
    }

    @Test
    void aQueueThatTheTemplateDoesNotHaveIsAnError() {
        assertThatThrownBy(() -> sqs.sendMessage(r -> r.queueUrl(URL + "other").messageBody("x")))
                .isInstanceOf(NoSuchElementException.class);
    }
}
