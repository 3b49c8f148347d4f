package dev.spillway.local.eventbridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Schedules of EventBridge: at each tick the target gets a "Scheduled Event". */
public final class Schedules {

    private static final Pattern RATE = Pattern.compile("rate\\((\\d{1,6}) (minutes?|hours?|days?)\\)");

    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final AsyncDelivery delivery;
    private final Envelope envelope;

    /**
     * Schedules on a given time.
     *
     * @param scheduler ticks; cancelled by whoever owns it
     * @param clock gives the time of the events
     */
    public Schedules(ScheduledExecutorService scheduler, Clock clock, AsyncDelivery delivery, Envelope envelope) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.delivery = delivery;
        this.envelope = envelope;
    }

    /**
     * Starts a schedule; the first tick is one period from now.
     *
     * @param name the rule's
     * @param expression {@code rate(value unit)}
     * @return to cancel it
     * @throws UnknownPatternException if the expression is not known here
     */
    public ScheduledFuture<?> start(String name, String expression, EventTarget target) {
        long period = period(expression).toNanos();
        return scheduler.scheduleAtFixedRate(() -> tick(name, target), period, period, TimeUnit.NANOSECONDS);
    }

    /** The period of a rate expression (EventBridge user guide, "Rate expressions"). */
    public static Duration period(String expression) {
        Matcher rate = RATE.matcher(expression);
        if (!rate.matches()) {
            throw new UnknownPatternException(
                    "The schedule %s is not known here: rate(5 minutes), for example, is.".formatted(expression));
        }
        int value = Integer.parseInt(rate.group(1));
        String unit = rate.group(2);
        if (value < 1 || (value == 1) == unit.endsWith("s")) {
            throw new UnknownPatternException(
                    "The schedule %s is not valid: 1 goes with minute, more go with minutes.".formatted(expression));
        }
        return switch (unit.charAt(0)) {
            case 'm' -> Duration.ofMinutes(value);
            case 'h' -> Duration.ofHours(value);
            default -> Duration.ofDays(value);
        };
    }

    private void tick(String name, EventTarget target) {
        String rule = "arn:aws:events:%s:%s:rule/%s".formatted(envelope.region(), envelope.account(), name);
        delivery.submit(
                name,
                envelope.event(
                        "aws.events",
                        "Scheduled Event",
                        clock.instant(),
                        List.of(rule),
                        JsonNodeFactory.instance.objectNode()),
                target);
    }
}
