package dev.spillway.local.cloudwatch.math;

import java.util.List;

/** What a part of an expression is: S, TS or TS[] in the user guide's letters. */
sealed interface Value {

    /** A number; NaN where there is none, such as the maximum of a series without points. */
    record Scalar(double number) implements Value {}

    /** A time series. */
    record OneSeries(Series series) implements Value {}

    /** A list of time series. */
    record ManySeries(List<Series> series) implements Value {
        public ManySeries {
            series = List.copyOf(series);
        }
    }
}
