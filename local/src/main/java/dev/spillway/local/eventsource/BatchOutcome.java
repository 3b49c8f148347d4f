package dev.spillway.local.eventsource;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of a batch are done, by what the function answered (Lambda developer guide, "Implementing partial
 * batch responses").
 */
public final class BatchOutcome {

    private BatchOutcome() {}

    /**
     * The ids to delete; the others come back after their visibility timeout.
     *
     * @param batch the ids that the function got
     * @param reportBatchItemFailures whether the mapping asks for partial answers; without it any answer is a success
     * @param response the answer of a function that did not throw
     * @return all if the answer is empty, none if it names an id that is not in the batch or is null or empty
     */
    public static Set<String> succeeded(
            Set<String> batch, boolean reportBatchItemFailures, @Nullable SQSBatchResponse response) {
        if (!reportBatchItemFailures || response == null || response.getBatchItemFailures() == null) {
            return batch;
        }
        List<SQSBatchResponse.BatchItemFailure> failures = response.getBatchItemFailures();
        Set<String> succeeded = new HashSet<>(batch);
        for (SQSBatchResponse.BatchItemFailure failure : failures) {
            String id = failure.getItemIdentifier();
            if (id == null || !batch.contains(id)) {
                return Set.of();
            }
            succeeded.remove(id);
        }
        return succeeded;
    }
}
