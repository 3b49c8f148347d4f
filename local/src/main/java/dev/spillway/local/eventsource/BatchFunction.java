package dev.spillway.local.eventsource;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import org.jspecify.annotations.Nullable;

/** The function behind an event source mapping; what it throws fails the whole batch. */
@FunctionalInterface
public interface BatchFunction {

    /** Handles one batch, on the thread that calls. */
    @Nullable
    SQSBatchResponse invoke(SQSEvent event);
}
