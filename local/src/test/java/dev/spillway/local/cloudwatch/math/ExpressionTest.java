package dev.spillway.local.cloudwatch.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of the CloudWatch user guide, "Using metric math", and what follows from its sentences. */
class ExpressionTest {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            m1                 ; 1 2 3                ; 1 2 3
            m1 + m2            ; 1 2 3 / 10 20 30     ; 11 22 33
            m1 - m2            ; 1 2 3 / 10 20 30     ; -9 -18 -27
            m1 * m2            ; 1 2 3 / 10 20 30     ; 10 40 90
            m2 / m1            ; 1 2 3 / 10 20 30     ; 10 10 10
            m1 ^ 2             ; 1 2 3                ; 1 4 9
            2 ^ m1             ; 1 2 3                ; 2 4 8
            -m1                ; 1 -2 3               ; -1 2 -3
            5 * m1             ; 1 - 3                ; 5 - 15
            -5*m1              ; 1 2 3                ; -5 -10 -15
            .5 + m1*1.25       ; 2 4                  ; 3 5.5
            """)
    void arithmetic_goes_point_by_point(String expression, String metrics, String expected) {
        assertThat(evaluated(expression, metrics)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            1 + 2 * m1         ; 3 ; 7
            (1 + 2) * m1       ; 3 ; 9
            m1 - 2 - 3         ; 3 ; -2
            m1 / 2 / 2         ; 8 ; 2
            -m1 ^ 2            ; 3 ; -9
            2 ^ -m1            ; 1 ; 0.5
            m1 ^ 2 ^ 3         ; 2 ; 256
            m1 + 1 > 3         ; 3 ; 1
            m1 > 5 OR m1 > 2 AND m1 < 1 ; 6 ; 1
            (m1 > 5 OR m1 > 2) AND m1 < 1 ; 6 ; 0
            """)
    void operators_bind_as_in_mathematics(String expression, String metrics, String expected) {
        assertThat(evaluated(expression, metrics)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            m1 + m2            ; 1 - - / 10 20 -      ; 11 20 -
            m1 - m2            ; 1 - - / 10 20 -      ; -9 -20 -
            m1 * m2            ; 1 - / 10 20          ; 10 0
            m1 / m2            ; 1 5 - / 10 - 2       ; 0.1 - 0
            m1 / 0             ; 1 2                  ; - -
            100 / m1           ; 0 4 -                ; - 25 -
            m1 + 1             ; - 1                  ; - 2
            m1 < m2            ; 30 20 0 0 / 20 - 20 - ; 0 0 1 0
            m1 >= 30           ; 30 20 0 0 / 20 - 20 - ; 1 0 0 0
            m1 > 15 AND m2 > 15 ; 30 20 0 0 / 20 - 20 - ; 1 0 0 0
            m1 > 15 && m2 > 15 ; 30 20 0 0 / 20 - 20 - ; 1 0 0 0
            m1 > 25 || m2 > 15 ; 30 20 0 0 / 20 - 20 - ; 1 0 1 0
            m1 == m2           ; 0 1 - / - 1 -        ; 1 1 -
            m1 != m2           ; 0 1 - / - 2 -        ; 0 1 -
            """)
    void a_point_that_one_of_two_series_lacks_is_zero_and_one_that_both_lack_stays_missing(
            String expression, String metrics, String expected) {
        assertThat(evaluated(expression, metrics)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            IF(m1, m2, m3)     ; 1 1 0 0 - / 30 - 0 0 30 / 0 0 20 - 20 ; 30 0 20 - -
            IF(m1, 5, m3)      ; 1 1 0 0 - / 30 - 0 0 30 / 0 0 20 - 20 ; 5 5 20 - -
            IF(m1, m2, 5)      ; 1 1 0 0 - / 30 - 0 0 30               ; 30 0 5 5 -
            IF(m1, m2)         ; 1 1 0 0 - / 30 - 0 0 30               ; 30 0 - - -
            IF(m1, 7, 8)       ; -2 0 - 0.5                            ; 7 8 - 7
            IF(m1 > 1, m1)     ; 1 2 3                                 ; - 2 3
            IF(1, m1, m2)      ; 1 - / 3 4                             ; 1 -
            IF(0, m1, m2)      ; 1 - / 3 4                             ; 3 4
            IF(0, m1)          ; 1 2                                   ; - -
            IF(MAX(m1) > 5, m1, m2) ; 1 9 / 3 4                        ; 1 9
            """)
    void if_chooses_and_drops(String expression, String metrics, String expected) {
        assertThat(evaluated(expression, metrics)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            FILL(m1, 0)        ; - 1 - 3 -            ; 0 1 0 3 0
            FILL(m1, 0)        ; - - -                ; 0 0 0
            FILL(m1, REPEAT)   ; - 1 - - 3 -          ; - 1 1 1 3 3
            FILL(m1, m2)       ; - 1 - / 7 8 -        ; 7 1 -
            FILL(m1, MIN(m1))  ; 4 - 3                ; 4 3 3
            SUM(FILL([m1, m2], 1)) ; 5 - / - 6        ; 6 7
            FILL(m1, 0) + FILL(m2, 0) ; - 1 - / - - 2 ; 0 1 2
            """)
    void only_fill_makes_points_where_there_are_none(String expression, String metrics, String expected) {
        assertThat(evaluated(expression, metrics)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            MAX([m1, m2])      ; 1 5 - - / 4 2 -3 -   ; 4 5 -3 -
            MIN([m1, m2])      ; 1 5 - - / 4 2 -3 -   ; 1 2 -3 -
            SUM([m1, m2])      ; 1 5 - - / 4 2 -3 -   ; 5 7 -3 -
            AVG([m1, m2])      ; 1 5 - - / 4 2 -3 -   ; 2.5 3.5 -1.5 -
            m1 - AVG(m1)       ; 1 - 3                ; -1 - 1
            m1 / MAX(m1)       ; 1 4                  ; 0.25 1
            m1 - MIN(m1)       ; 3 - 5                ; 0 - 2
            m1 / SUM(m1)       ; 1 3                  ; 0.25 0.75
            m1 + MAX(m2)       ; 1 2 / - -            ; - -
            SUM(100 / [m1, m2]) ; 50 - / 25 100       ; 6 1
            SUM([m1, m2] / m3) ; 2 4 / 6 8 / 2 4      ; 4 3
            MIN(ABS([m1, m2])) ; -1 -5 / 4 -2         ; 1 2
            SUM(-[m1, m2])     ; 1 2 / 3 4            ; -4 -6
            SUM([m1, [m2, m3]]) ; 1 / 2 / 4           ; 7
            CEIL(m1)           ; 1.2 -1.2 -           ; 2 -1 -
            FLOOR(m1)          ; 1.2 -1.2 -           ; 1 -2 -
            ABS(m1 - m2)       ; 1 2 / 3 -            ; 2 2
            """)
    void functions_of_one_series_are_numbers_and_of_a_list_series(String expression, String metrics, String expected) {
        assertThat(evaluated(expression, metrics)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            ``                 ; at character 1: a value is missing
            m1 +               ; at character 5: a value is missing
            m1 m2              ; at character 4: nothing was expected here, not m2
            (m1                ; at character 4: ) is expected, not the end
            m1)                ; at character 3: nothing was expected here, not )
            m1 + % m2          ; at character 6: '%' is not known here
            m1 = m2            ; at character 4: '=' is not known here
            1 + RATE(m1)       ; at character 5: RATE is not known here
            SUM(METRICS())     ; at character 5: METRICS is not known here
            sum(m1)            ; at character 4: nothing was expected here, not (
            MAX(m1, m2)        ; at character 1: MAX takes 1 argument(s), not 2 (several series stand in [ ])
            IF(m1)             ; at character 1: IF takes 2 or 3 argument(s), not 1
            IF(1, 2, 3)        ; at character 1: IF with a number as its condition chooses between time series
            IF(m1, [m1, m2])   ; at character 1: IF does not take lists of series
            FILL(m1)           ; at character 8: , is expected, not )
            FILL(m1, LINEAR)   ; at character 10: LINEAR is not known here
            FILL(1, 2)         ; at character 1: FILL takes a time series, not a number
            REPEAT             ; at character 1: REPEAT is not known here
            MAX(3)             ; at character 1: MAX takes a time series or a list of them, not a number
            CEIL(MAX(m1))      ; at character 1: CEIL takes a time series, not a number
            SUM([m1, 5])       ; at character 10: a list holds time series, and this is a number
            [m1, m2] > 5       ; at character 10: this operator does not take these lists of series
            AVG(m1)            ; at character 1: the result is a number, but must be a time series
            1 + 2              ; at character 3: the result is a number, but must be a time series
            [m1, m2]           ; at character 1: a result of several time series is not known here
            """)
    void what_is_not_known_is_refused_with_its_name_and_its_position(String expression, String problem) {
        assertThatThrownBy(() -> Expression.parse(expression))
                .isInstanceOf(MathException.class)
                .hasMessage(problem);
    }

    @Test
    void an_expression_says_which_ids_it_needs() {
        assertThat(Expression.parse("IF(m1 > 1, FILL(e1, 0), SUM([m2, m1]))").ids())
                .containsExactlyInAnyOrder("m1", "e1", "m2");
    }

    @Test
    void an_id_that_stands_for_nothing_is_refused() {
        assertThatThrownBy(() -> Expression.parse("1 + m7").evaluate(Map.of(), List.of()))
                .hasMessage("at character 5: there is no metric or expression m7");
    }

    @Test
    void endless_nesting_is_refused_and_does_not_end_the_stack() {
        assertThatThrownBy(() -> Expression.parse("(".repeat(100_000) + "m1"))
                .isInstanceOf(MathException.class)
                .hasMessageContaining("nested");
    }

    /** Metrics m1, m2, m3 stand one after another, each with a value or - for each minute. */
    private static String evaluated(String expression, String metrics) {
        String[] each = metrics.split(" / ");
        Map<String, Series> series = IntStream.range(0, each.length)
                .boxed()
                .collect(Collectors.toMap(i -> "m" + (i + 1), i -> series(each[i].strip())));
        List<Instant> grid = IntStream.range(0, each[0].strip().split(" ").length)
                .mapToObj(ExpressionTest::minute)
                .toList();
        Series result = Expression.parse(expression).evaluate(series, grid);
        return grid.stream().map(at -> text(result.at(at))).collect(Collectors.joining(" "));
    }

    private static String text(@Nullable Double value) {
        if (value == null) {
            return "-";
        }
        return value == Math.rint(value) ? String.valueOf(Math.round(value)) : String.valueOf(value);
    }

    private static Series series(String values) {
        NavigableMap<Instant, Double> points = new TreeMap<>();
        String[] words = values.split(" ");
        for (int i = 0; i < words.length; i++) {
            if (!words[i].equals("-")) {
                points.put(minute(i), Double.valueOf(words[i]));
            }
        }
        return new Series(points);
    }

    private static Instant minute(int index) {
        return START.plusSeconds(60L * index);
    }
}
