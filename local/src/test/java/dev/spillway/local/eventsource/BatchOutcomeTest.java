package dev.spillway.local.eventsource;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchOutcomeTest {

    private static final Set<String> BATCH = Set.of("a", "b", "c");

    @Test
    void without_failures_all_are_done() {
        assertThat(BatchOutcome.succeeded(BATCH, true, failed())).isEqualTo(BATCH);
        assertThat(BatchOutcome.succeeded(BATCH, true, null)).isEqualTo(BATCH);
        assertThat(BatchOutcome.succeeded(BATCH, true, new SQSBatchResponse(null)))
                .isEqualTo(BATCH);
    }

    @Test
    void named_failures_stay_and_the_others_are_done() {
        assertThat(BatchOutcome.succeeded(BATCH, true, failed("b"))).containsExactlyInAnyOrder("a", "c");
        assertThat(BatchOutcome.succeeded(BATCH, true, failed("a", "b", "c"))).isEmpty();
    }

    @Test
    void an_unknown_empty_or_missing_id_fails_the_whole_batch() {
        assertThat(BatchOutcome.succeeded(BATCH, true, failed("a", "x"))).isEmpty();
        assertThat(BatchOutcome.succeeded(BATCH, true, failed(""))).isEmpty();
        SQSBatchResponse missing = new SQSBatchResponse(List.of(new SQSBatchResponse.BatchItemFailure()));
        assertThat(BatchOutcome.succeeded(BATCH, true, missing)).isEmpty();
    }

    @Test
    void a_mapping_that_does_not_ask_for_failures_ignores_them() {
        assertThat(BatchOutcome.succeeded(BATCH, false, failed("a"))).isEqualTo(BATCH);
    }

    private static SQSBatchResponse failed(String... ids) {
        List<SQSBatchResponse.BatchItemFailure> failures = new ArrayList<>();
        for (String id : ids) {
            failures.add(new SQSBatchResponse.BatchItemFailure(id));
        }
        return new SQSBatchResponse(failures);
    }
}
