package dev.spillway.local.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.time.SimulatedTimeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class SimulatedSnsTest {

    private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:alarms";

    private final SimulatedTimeline timeline = new SimulatedTimeline(Instant.parse("2026-11-01T00:00:00Z"), 1);
    private final SimulatedSns sns = new SimulatedSns(timeline);
    private final List<ObjectNode> first = new ArrayList<>();
    private final List<ObjectNode> second = new ArrayList<>();

    @Test
    void every_subscriber_gets_every_message_after_the_call() {
        sns.createTopic(TOPIC);
        sns.subscribe(TOPIC, first::add);
        sns.subscribe(TOPIC, second::add);

        sns.publish(TOPIC, "subject", "one");
        sns.publish(TOPIC, "subject", "two");
        assertThat(first).isEmpty();
        timeline.runUntilIdle();

        assertThat(first)
                .extracting(event -> event.at("/Records/0/Sns/Message").asText())
                .containsExactly("one", "two");
        assertThat(first)
                .extracting(event -> event.at("/Records/0/Sns/MessageId").asText())
                .doesNotHaveDuplicates();
        assertThat(second).hasSize(2);
        assertThat(first.getFirst().at("/Records/0/EventSubscriptionArn").asText())
                .startsWith(TOPIC + ":")
                .isNotEqualTo(
                        second.getFirst().at("/Records/0/EventSubscriptionArn").asText());
    }

    @Test
    void making_a_topic_twice_keeps_its_subscribers() {
        sns.createTopic(TOPIC);
        sns.subscribe(TOPIC, first::add);
        sns.createTopic(TOPIC);

        sns.publish(TOPIC, "subject", "one");
        timeline.runUntilIdle();

        assertThat(first).hasSize(1);
    }

    @Test
    void a_topic_that_is_not_there_is_refused() {
        assertThat(sns.hasTopic(TOPIC)).isFalse();
        assertThatThrownBy(() -> sns.publish(TOPIC, "subject", "one")).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> sns.subscribe(TOPIC, first::add)).isInstanceOf(NoSuchElementException.class);
    }
}
