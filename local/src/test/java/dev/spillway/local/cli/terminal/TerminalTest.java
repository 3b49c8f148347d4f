package dev.spillway.local.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {

    @ParameterizedTest
    @CsvSource({
        // measured, COLUMNS, TERM,  live,  width
        "'',         ,        xterm, false, 120",
        "'',         200,     xterm, false, 200",
        "133,        ,        xterm, true,  133",
        "133,        90,      xterm, true,  90",
        "133,        wide,    xterm, true,  133",
        "0,          ,        xterm, true,  80",
        "10,         ,        xterm, true,  40",
        "133,        ,        dumb,  false, 133",
    })
    void isAsTheEnvironmentDescribesIt(String measured, String columns, String term, boolean live, int width) {
        Map<String, String> environment = new HashMap<>(Map.of("TERM", term));
        if (columns != null) {
            environment.put("COLUMNS", columns);
        }

        Terminal terminal = Terminal.of(System.out, System.err, environment, measured);

        assertThat(terminal.live()).isEqualTo(live);
        assertThat(terminal.width()).isEqualTo(width);
    }

    @Test
    void aStopIsToldToThoseBeforeAndAfterIt() {
        StopSignal signal = new StopSignal();
        List<String> told = new ArrayList<>();
        signal.onStop(() -> told.add("before"));
        assertThat(signal.isStopped()).isFalse();

        signal.stop();
        signal.onStop(() -> told.add("after"));

        assertThat(signal.isStopped()).isTrue();
        assertThat(told).containsExactly("before", "after");
    }
}
