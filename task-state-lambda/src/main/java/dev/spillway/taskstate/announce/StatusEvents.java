package dev.spillway.taskstate.announce;

import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** Puts changes on the event bus: PutEvents takes 10 entries at most (EventBridge API reference). */
final class StatusEvents {

    static final String SOURCE = "spillway";
    static final String DETAIL_TYPE = "Spillway Task Status Change";

    private static final Logger LOG = LoggerFactory.getLogger(StatusEvents.class);
    private static final int MOST_ENTRIES = 10;

    private final EventBridgeClient eventBridge;
    private final AnnounceConfig config;

    StatusEvents(EventBridgeClient eventBridge, AnnounceConfig config) {
        this.eventBridge = eventBridge;
        this.config = config;
    }

    /** A change with its place in the stream. */
    record Numbered(String sequenceNumber, StatusChange change) {}

    /**
     * Puts them in their order.
     *
     * @return the place of the first one that was not taken; those after it may have been
     */
    Optional<String> put(List<Numbered> changes) {
        for (int from = 0; from < changes.size(); from += MOST_ENTRIES) {
            List<Numbered> some = changes.subList(from, Math.min(from + MOST_ENTRIES, changes.size()));
            List<PutEventsResultEntry> answers = eventBridge
                    .putEvents(r -> r.entries(some.stream().map(this::entry).toList()))
                    .entries();
            for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i).errorCode() != null) {
                    LOG.warn("not taken: {}", answers.get(i).errorMessage());
                    return Optional.of(some.get(i).sequenceNumber());
                }
            }
        }
        return Optional.empty();
    }

    /** Writes the entry of a change that never was, and does not send it: what that takes is loaded then. */
    PutEventsRequestEntry rehearse() {
        TaskRecord nobody = TaskRecord.first(
                        new TaskId("spillway-priming"), TaskStatus.WAITING, Instant.EPOCH, Instant.EPOCH, "priming")
                .build();
        return entry(new Numbered("0", new StatusChange(null, nobody)));
    }

    private PutEventsRequestEntry entry(Numbered numbered) {
        StatusChange change = numbered.change();
        PutEventsRequestEntry.Builder entry = PutEventsRequestEntry.builder()
                .eventBusName(config.eventBus())
                .source(SOURCE)
                .detailType(DETAIL_TYPE)
                .time(change.after().updatedAt())
                .detail(change.detail(config.cluster()));
        String arn = change.after().taskArn();
        return (arn != null && arn.startsWith("arn:") ? entry.resources(arn) : entry).build();
    }
}
