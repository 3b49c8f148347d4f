package dev.spillway.local.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.local.cloudwatch.math.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;

/** The tables of the CloudWatch user guide, "How alarm state is evaluated when data is missing", and their neighbours. */
class AlarmEvaluationTest {

    private static final Instant END = Instant.parse("2026-11-01T00:05:00Z");

    /** 0 does not breach, X does, - is missing; the newest is the last. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 - X - X | OK                | OK    | OK    | OK
            0 - - - - | OK                | OK    | OK    | OK
            - - - - - | INSUFFICIENT_DATA | stays | ALARM | OK
            0 X X - X | ALARM             | ALARM | ALARM | ALARM
            - - X - - | ALARM             | stays | ALARM | OK
            - - - - X | INSUFFICIENT_DATA | stays | ALARM | OK
            - - - X - | INSUFFICIENT_DATA | stays | ALARM | OK
            X - - - - | ALARM             | stays | ALARM | OK
            - - - X 0 | OK                | OK    | OK    | OK
            - - X - 0 | OK                | OK    | OK    | OK
            X X X 0 0 | OK                | OK    | OK    | OK
            0 0 X X X | ALARM             | ALARM | ALARM | ALARM
            """)
    void three_out_of_three(String data, String missing, String ignore, String breaching, String notBreaching) {
        assertStates(3, 3, data, missing, ignore, breaching, notBreaching);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 - X - X | ALARM             | ALARM | ALARM | ALARM
            0 0 X 0 X | ALARM             | ALARM | ALARM | ALARM
            0 - X - - | OK                | OK    | ALARM | OK
            - - - - 0 | OK                | OK    | ALARM | OK
            - - - X - | ALARM             | stays | ALARM | OK
            - - - - X | INSUFFICIENT_DATA | stays | ALARM | OK
            - - X X - | ALARM             | ALARM | ALARM | ALARM
            - 0 - - X | OK                | OK    | ALARM | OK
            X X 0 0 X | OK                | OK    | OK    | OK
            - - - - - | INSUFFICIENT_DATA | stays | ALARM | OK
            """)
    void two_out_of_three(String data, String missing, String ignore, String breaching, String notBreaching) {
        assertStates(3, 2, data, missing, ignore, breaching, notBreaching);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            - - X | ALARM             | ALARM | ALARM | ALARM
            X - 0 | OK                | OK    | OK    | OK
            X - - | ALARM             | ALARM | ALARM | ALARM
            0 - - | OK                | OK    | OK    | OK
            - - - | INSUFFICIENT_DATA | stays | ALARM | OK
            """)
    void one_out_of_one_looks_back_two_minutes_before_anything_is_missing(
            String data, String missing, String ignore, String breaching, String notBreaching) {
        assertStates(1, 1, data, missing, ignore, breaching, notBreaching);
    }

    @ParameterizedTest
    @CsvSource({
        "GREATER_THAN_THRESHOLD, 5, OK",
        "GREATER_THAN_THRESHOLD, 5.1, ALARM",
        "GREATER_THAN_OR_EQUAL_TO_THRESHOLD, 5, ALARM",
        "GREATER_THAN_OR_EQUAL_TO_THRESHOLD, 4.9, OK",
        "LESS_THAN_THRESHOLD, 5, OK",
        "LESS_THAN_THRESHOLD, 4.9, ALARM",
        "LESS_THAN_OR_EQUAL_TO_THRESHOLD, 5, ALARM",
        "LESS_THAN_OR_EQUAL_TO_THRESHOLD, 5.1, OK"
    })
    void a_value_is_compared_with_the_threshold(ComparisonOperator comparison, double value, String state) {
        AlarmCondition condition = new AlarmCondition(1, 1, comparison, 5, MissingData.MISSING);
        Periods range = Periods.until(END, Duration.ofMinutes(1), 1);

        Verdict verdict = AlarmEvaluation.evaluate(condition, series(range, "" + value), range.beginnings());

        assertThat(stateOf(verdict)).isEqualTo(state);
    }

    private static void assertStates(int periods, int toAlarm, String data, String... states) {
        for (MissingData missing : MissingData.values()) {
            AlarmCondition condition =
                    new AlarmCondition(periods, toAlarm, ComparisonOperator.GREATER_THAN_THRESHOLD, 5, missing);
            Periods range = Periods.until(END, Duration.ofMinutes(1), condition.evaluationRange());

            Verdict verdict = AlarmEvaluation.evaluate(
                    condition, series(range, data.replace('0', '1').replace('X', '9')), range.beginnings());

            assertThat(stateOf(verdict)).as("%s, %s", data, missing).isEqualTo(states[missing.ordinal()]);
        }
    }

    private static String stateOf(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Is is -> is.state().toString();
            case Verdict.Stays stays -> "stays";
        };
    }

    private static Series series(Periods range, String data) {
        NavigableMap<Instant, Double> points = new TreeMap<>();
        String[] words = data.strip().split(" ");
        for (int i = 0; i < words.length; i++) {
            if (!words[i].equals("-")) {
                points.put(range.beginning(i), Double.valueOf(words[i]));
            }
        }
        return new Series(points);
    }
}
