package dev.spillway.taskstate.announce;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.transformers.v2.dynamodb.DynamodbAttributeValueTransformer;
import dev.spillway.common.function.FunctionRuntime;
import dev.spillway.common.function.Priming;
import dev.spillway.common.function.SnapStarted;
import dev.spillway.common.store.DynamoDbTaskStore;
import dev.spillway.common.task.TaskRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.crac.Core;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * The function as Lambda calls it: with a batch of the table's stream, in the order of the writes to each task. The
 * stream sees every write that was made, so no change goes untold, whatever the function that made it did afterwards.
 */
public final class AnnounceHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse>, SnapStarted {

    private final StatusEvents events;
    private final Priming priming;

    /** As Lambda starts it. */
    public AnnounceHandler() {
        this(FunctionRuntime.deployed());
        Core.getGlobalContext().register(this);
    }

    /** With everything from outside handed in. */
    public AnnounceHandler(FunctionRuntime runtime) {
        AnnounceConfig config = AnnounceConfig.read(runtime.environment());
        this.events =
                new StatusEvents(runtime.aws().client(EventBridgeClient.class, EventBridgeClient::builder), config);
        // Nothing is called: PutEvents is all that the function may do, and everybody on the bus would see it.
        this.priming = Priming.with("change", events::rehearse);
    }

    @Override
    public Priming priming() {
        return priming;
    }

    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
        return PowertoolsLogging.withLogging(context, () -> handle(event.getRecords()));
    }

    private StreamsEventResponse handle(List<DynamodbStreamRecord> records) {
        List<StatusEvents.Numbered> changes = new ArrayList<>();
        for (DynamodbStreamRecord record : records) {
            change(record)
                    .ifPresent(change -> changes.add(
                            new StatusEvents.Numbered(record.getDynamodb().getSequenceNumber(), change)));
        }
        // Lambda gives the stream again from the first failed record on.
        return new StreamsEventResponse(events.put(changes).stream()
                .map(StreamsEventResponse.BatchItemFailure::new)
                .toList());
    }

    private static Optional<StatusChange> change(DynamodbStreamRecord record) {
        TaskRecord after = read(record.getDynamodb().getNewImage());
        // Without a new image the record has expired, long after its task had ended.
        return after == null
                ? Optional.empty()
                : StatusChange.of(read(record.getDynamodb().getOldImage()), after);
    }

    private static @Nullable TaskRecord read(@Nullable Map<String, AttributeValue> image) {
        return image == null || image.isEmpty()
                ? null
                : DynamoDbTaskStore.record(DynamodbAttributeValueTransformer.toAttributeValueMapV2(image));
    }
}
