package dev.spillway.local.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunEndTest {

    private static final Instant LAST_CHANGE = Instant.parse("2026-11-01T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // states,             sent,  queue empty, quiet for, end
        "SUCCEEDED,            true,  true,         0,        COMPLETE",
        "SUCCEEDED REJECTED,   true,  true,         0,        COMPLETE",
        "SUCCEEDED,            false, true,        99,        NOT_YET",
        "SUCCEEDED,            true,  false,       99,        NOT_YET",
        "SUCCEEDED WAITING,    true,  true,        14,        NOT_YET",
        "SUCCEEDED WAITING,    true,  true,        15,        LULL",
        "SENT WAITING,         true,  true,        69,        LULL",
        "SUCCEEDED WAITING,    true,  true,        70,        STUCK",
        "SENT,                 true,  true,        14,        NOT_YET",
        "SENT,                 true,  true,        15,        STUCK",
        "WAITING RUNNING,      true,  true,        99,        NOT_YET",
        "WAITING PLACED,       true,  true,        99,        NOT_YET",
        "WAITING LAUNCHING,    true,  true,        99,        NOT_YET",
    })
    void decides(String states, boolean sent, boolean queueEmpty, int quietSeconds, RunEnd end) {
        Map<Row.State, Integer> counts = new EnumMap<>(Row.State.class);
        for (String state : states.split(" ", -1)) {
            counts.merge(Row.State.valueOf(state), 1, Integer::sum);
        }

        assertThat(RunEnd.of(
                        new Tally(9, counts, 0), sent, queueEmpty, LAST_CHANGE, LAST_CHANGE.plusSeconds(quietSeconds)))
                .isEqualTo(end);
    }
}
