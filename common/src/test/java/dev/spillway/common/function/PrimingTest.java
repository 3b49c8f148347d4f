package dev.spillway.common.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.crac.Core;
import org.junit.jupiter.api.Test;

class PrimingTest {

    private final List<String> made = new ArrayList<>();

    @Test
    void steps_are_made_in_their_order_and_a_failing_one_keeps_back_no_other() {
        Priming priming = Priming.with("first", () -> made.add("first"))
                .and("refused", () -> {
                    throw new IllegalStateException("AccessDeniedException");
                })
                .and("broken", () -> {
                    throw new NoClassDefFoundError("dev/spillway/Gone");
                })
                .and("last", () -> made.add("last"));

        priming.run();

        assertThat(made).containsExactly("first", "last");
    }

    @Test
    void a_handler_is_primed_before_the_snapshot_and_left_alone_after_it() throws Exception {
        Priming priming = Priming.with("read", () -> made.add("read"));
        SnapStarted handler = () -> priming;

        handler.beforeCheckpoint(Core.getGlobalContext());
        assertThat(made).containsExactly("read");

        handler.afterRestore(Core.getGlobalContext());
        assertThat(made).containsExactly("read");
    }
}
