package dev.spillway.local.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

class EventBusTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-02T12:00:00.5Z"), ZoneOffset.UTC);
    private static final Envelope ENVELOPE = new Envelope("us-east-1", "000000000000");

    private final ManualScheduler scheduler = new ManualScheduler();
    private final BlockingQueue<UndeliveredEvent> deadLetters = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonNode> delivered = new LinkedBlockingQueue<>();
    private final AsyncDelivery delivery = new AsyncDelivery(scheduler, AsyncDelivery.LAMBDA_RETRIES, deadLetters::add);
    private final EventBus bus = new EventBus(delivery);

    @AfterEach
    void stop() {
        delivery.close();
        scheduler.shutdownNow();
    }

    @Test
    void an_event_reaches_every_rule_that_matches_and_no_other() throws Exception {
        bus.addRule("first", source("a"), delivered::add);
        bus.addRule("second", source("a"), delivered::add);
        bus.addRule("other", source("b"), event -> delivered.add(JsonNodeFactory.instance.textNode("wrong")));

        bus.put(event("a"));

        assertThat(List.of(next(delivered), next(delivered)))
                .extracting(event -> event.path("source").asText())
                .containsExactly("a", "a");
        delivery.close();
        assertThat(delivered).isEmpty();
    }

    @Test
    void put_returns_before_the_target_and_keeps_the_event_as_it_was() throws Exception {
        CountDownLatch returned = new CountDownLatch(1);
        bus.addRule("rule", source("a"), event -> {
            await(returned);
            delivered.add(event);
        });
        ObjectNode event = event("a");

        bus.put(event);
        event.put("source", "changed");
        returned.countDown();

        assertThat(next(delivered).path("source").asText()).isEqualTo("a");
    }

    @Test
    void a_target_that_fails_once_gets_the_event_again_after_a_minute() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        bus.addRule("rule", source("a"), event -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("first");
            }
            delivered.add(event);
        });

        bus.put(event("a"));
        ManualScheduler.Scheduled retry = scheduler.next();
        retry.task().run();

        assertThat(retry.delay()).isEqualTo(Duration.ofMinutes(1));
        assertThat(next(delivered).path("source").asText()).isEqualTo("a");
        assertThat(deadLetters).isEmpty();
    }

    @Test
    void a_target_that_fails_three_times_leaves_a_dead_letter() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        bus.addRule("rule", source("a"), event -> {
            throw new IllegalStateException("attempt " + calls.incrementAndGet());
        });

        bus.put(event("a"));
        scheduler.next().task().run();
        ManualScheduler.Scheduled last = scheduler.next();
        last.task().run();

        UndeliveredEvent letter = next(deadLetters);
        assertThat(last.delay()).isEqualTo(Duration.ofMinutes(2));
        assertThat(letter.rule()).isEqualTo("rule");
        assertThat(letter.attempts()).isEqualTo(3);
        assertThat(letter.reason()).contains("attempt 3");
        assertThat(letter.event().path("source").asText()).isEqualTo("a");
    }

    @Test
    void an_event_that_waits_for_a_retry_at_the_end_becomes_a_dead_letter_once() throws Exception {
        bus.addRule("rule", source("a"), event -> {
            throw new IllegalStateException("down");
        });
        bus.put(event("a"));
        ManualScheduler.Scheduled retry = scheduler.next();

        delivery.close();
        retry.task().run();

        assertThat(next(deadLetters).attempts()).isEqualTo(1);
        assertThat(deadLetters).isEmpty();
    }

    @Test
    void an_event_put_after_the_end_becomes_a_dead_letter() throws Exception {
        bus.addRule("rule", source("a"), delivered::add);
        delivery.close();

        bus.put(event("a"));

        assertThat(next(deadLetters).attempts()).isZero();
    }

    @Test
    void a_schedule_delivers_a_scheduled_event_at_each_tick() throws Exception {
        new Schedules(scheduler, NOON, delivery, ENVELOPE).start("sweep", "rate(1 minute)", delivered::add);

        ManualScheduler.Scheduled tick = scheduler.next();
        tick.task().run();

        JsonNode event = next(delivered);
        assertThat(tick.delay()).isEqualTo(Duration.ofMinutes(1));
        assertThat(event.path("detail-type").asText()).isEqualTo("Scheduled Event");
        assertThat(event.path("source").asText()).isEqualTo("aws.events");
        assertThat(event.path("time").asText()).isEqualTo("2026-01-02T12:00:00Z");
        assertThat(event.at("/resources/0").asText()).isEqualTo("arn:aws:events:us-east-1:000000000000:rule/sweep");
    }

    @ParameterizedTest
    @CsvSource({"rate(1 minute), PT1M", "rate(5 minutes), PT5M", "rate(1 hour), PT1H", "rate(2 days), PT48H"})
    void rates_are_read(String expression, Duration period) {
        assertThat(Schedules.period(expression)).isEqualTo(period);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rate(1 minutes)",
                "rate(2 minute)",
                "rate(0 minutes)",
                "rate(5 seconds)",
                "cron(0 * * * ? *)",
                ""
            })
    void other_schedules_are_an_error(String expression) {
        assertThatThrownBy(() -> Schedules.period(expression)).isInstanceOf(UnknownPatternException.class);
    }

    @Test
    void put_events_reaches_the_bus_and_a_faulty_entry_fails_alone() throws Exception {
        bus.addRule("rule", source("spillway"), delivered::add);
        LocalEventBridgeClient client = new LocalEventBridgeClient(bus, ENVELOPE, NOON);

        PutEventsResponse response = client.putEvents(put -> put.entries(
                entry("spillway", "{\"taskId\":\"t\"}").build(),
                entry("spillway", "{").build(),
                entry("spillway", "{}").eventBusName("other").build()));

        assertThat(response.failedEntryCount()).isEqualTo(2);
        assertThat(response.entries())
                .extracting(entry -> entry.errorCode())
                .containsExactly(null, "MalformedDetail", "InvalidArgument");
        JsonNode event = next(delivered);
        assertThat(event.at("/detail/taskId").asText()).isEqualTo("t");
        assertThat(event.path("id").asText())
                .isEqualTo(response.entries().getFirst().eventId());
        assertThat(event.path("account").asText()).isEqualTo("000000000000");
    }

    @Test
    void put_events_takes_at_most_ten_entries() {
        LocalEventBridgeClient client = new LocalEventBridgeClient(bus, ENVELOPE, NOON);
        PutEventsRequestEntry[] eleven = new PutEventsRequestEntry[11];
        Arrays.fill(eleven, entry("spillway", "{}").build());

        assertThatThrownBy(() -> client.putEvents(put -> put.entries(eleven))).isInstanceOf(EventBridgeException.class);
    }

    private static PutEventsRequestEntry.Builder entry(String source, String detail) {
        return PutEventsRequestEntry.builder()
                .source(source)
                .detailType("Task Ended")
                .detail(detail);
    }

    private static EventPattern source(String source) {
        return EventPattern.parse(new ObjectMapper()
                .createObjectNode()
                .set("source", JsonNodeFactory.instance.arrayNode().add(source)));
    }

    private static ObjectNode event(String source) {
        return ENVELOPE.event(source, "Test", NOON.instant(), List.of(), JsonNodeFactory.instance.objectNode());
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(10, TimeUnit.SECONDS);
        assertThat(next).describedAs("nothing came within 10 s").isNotNull();
        return next;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
