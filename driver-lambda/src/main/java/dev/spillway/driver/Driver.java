package dev.spillway.driver;

import dev.spillway.common.message.FieldError;
import dev.spillway.common.message.MessageParser;
import dev.spillway.common.message.ParsedMessage;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.driver.chain.Material;
import dev.spillway.driver.chain.Materials;
import dev.spillway.driver.chain.RecentRefusals;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The path of a message: parse, look up what it names, decide the first launch, claim the task with that launch in its
 * record, and launch. In the common case that is three calls to AWS: one put, one RunTask, one update.
 *
 * <p>An exception means that the message has to come again; everything that was durable by then is found by the next
 * delivery, which goes on from there.
 */
final class Driver {

    private static final Logger LOG = LoggerFactory.getLogger(Driver.class);

    private final AllowList allowed;
    private final Materials materials;
    private final FirstLaunch firstLaunch;
    private final TaskStore store;
    private final Steps steps;
    private final Launching launching;
    private final RecentRefusals line;
    private final Resumption resumption;
    private final Rejection rejection;
    private final Cancellation cancellation;
    private final Supplier<String> claims;

    /**
     * @param line who waits already, and is not to be overtaken by a newcomer
     * @param claims gives a value that it has never given before, here or in any other copy of the function
     */
    Driver(
            AllowList allowed,
            Materials materials,
            FirstLaunch firstLaunch,
            TaskStore store,
            Steps steps,
            Launching launching,
            RecentRefusals line,
            Resumption resumption,
            Rejection rejection,
            Cancellation cancellation,
            Supplier<String> claims) {
        this.allowed = allowed;
        this.materials = materials;
        this.firstLaunch = firstLaunch;
        this.store = store;
        this.steps = steps;
        this.launching = launching;
        this.line = line;
        this.resumption = resumption;
        this.rejection = rejection;
        this.cancellation = cancellation;
        this.claims = claims;
    }

    /** Handles a message of the task queue. */
    Outcome handle(Delivery delivery, Instant now) {
        return switch (MessageParser.parse(delivery.body(), delivery.messageId())) {
            case ParsedMessage.Run run -> accept(run.request(), delivery, now);
            case ParsedMessage.Cancel cancel -> {
                MDC.put("task_id", cancel.taskId().value());
                yield cancellation.cancel(cancel.taskId(), cancel.reason(), delivery, now);
            }
            case ParsedMessage.Invalid invalid -> rejection.reject(delivery, invalid.taskId(), invalid.errors(), now);
        };
    }

    private Outcome accept(TaskRequest request, Delivery delivery, Instant now) {
        MDC.put("task_id", request.taskId().value());
        List<FieldError> forbidden = allowed.forbidden(request);
        if (!forbidden.isEmpty()) {
            return rejection.reject(delivery, request.taskId(), forbidden, now);
        }
        Material material = materials.of(request, now);
        FirstLaunch.Plan plan = firstLaunch.plan(request, material, now);
        TaskRecord first = steps.first(request, delivery.sentAt(), material, plan, claims.get(), now);
        return switch (store.create(first)) {
            case TaskStore.Creation.Created created ->
                launching.proceed(created.record(), request, material, plan, line);
            case TaskStore.Creation.Exists exists -> again(exists.current(), first, delivery, material, plan, now);
        };
    }

    /** The task has a record: a duplicate, a message that came again after a crash, or another task of the same id. */
    private Outcome again(
            TaskRecord current,
            TaskRecord first,
            Delivery delivery,
            Material material,
            FirstLaunch.Plan plan,
            Instant now) {
        TaskRequest request = Objects.requireNonNull(first.request());
        return switch (Repetition.of(request, current, now)) {
            case ANSWERED -> {
                LOG.info("answered from the record: {}", current.status());
                yield new Outcome.Answered();
            }
            case CONFLICT -> rejection.conflict(delivery, request.taskId());
            case TAKE_UP -> resumption.takeUp(current, request, material, now);
            case BEGIN_ANEW ->
                switch (store.update(steps.anew(current, first, now))) {
                    case TaskStore.Update.Updated updated ->
                        launching.proceed(updated.record(), request, material, plan, line);
                    case TaskStore.Update.Conflict conflict -> new Outcome.Answered();
                };
        };
    }
}
