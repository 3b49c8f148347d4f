package dev.spillway.local.cloudwatch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one metric in one period: sum, extremes and count, and for percentiles how often each value was seen,
 * while these are few. Percentiles of more values than are kept are refused, since a wrong one would not be noticed.
 */
final class Bucket {

    /** Different values that are kept of a period. */
    static final int MOST_VALUES = 1000;

    private double sum;
    private double minimum = Double.POSITIVE_INFINITY;
    private double maximum = Double.NEGATIVE_INFINITY;
    private double count;

    /** Null while all values are the same, which is the most common case, and once they are no longer known. */
    private @Nullable Samples samples;

    private boolean samplesLost;

    void add(double value, double times) {
        if (!samplesLost && (samples != null || (count > 0 && value != minimum))) {
            Samples known = samplesNow();
            known.add(value, times);
            keep(known);
        }
        include(value * times, value, value, times);
    }

    /** Values of which only this is known: no percentiles, unless they are all the same. */
    void addSet(double setSum, double setMinimum, double setMaximum, double setCount) {
        if (setMinimum == setMaximum) {
            add(setMinimum, setCount);
            return;
        }
        include(setSum, setMinimum, setMaximum, setCount);
        lose();
    }

    void addAll(Bucket other) {
        if (other.samplesLost) {
            lose();
        } else if (!samplesLost && other.count > 0) {
            Samples known = samplesNow();
            known.addAll(other.samplesNow());
            keep(known);
        }
        include(other.sum, other.minimum, other.maximum, other.count);
    }

    private void include(double itsSum, double itsMinimum, double itsMaximum, double itsCount) {
        sum += itsSum;
        minimum = Math.min(minimum, itsMinimum);
        maximum = Math.max(maximum, itsMaximum);
        count += itsCount;
    }

    private Samples samplesNow() {
        if (samples != null) {
            return samples;
        }
        Samples same = new Samples();
        if (count > 0) {
            same.add(minimum, count);
        }
        return same;
    }

    private void keep(Samples kept) {
        if (kept.size == 1) {
            samples = null;
        } else if (kept.size > MOST_VALUES) {
            lose();
        } else {
            samples = kept;
        }
    }

    private void lose() {
        samples = null;
        samplesLost = true;
    }

    double sum() {
        return sum;
    }

    double minimum() {
        return minimum;
    }

    double maximum() {
        return maximum;
    }

    double count() {
        return count;
    }

    /**
     * The smallest value that is not below the given part of all values.
     *
     * @param percent 0 to 100
     * @throws UnsupportedOperationException if not all values are known, or one is negative
     */
    double percentile(double percent) {
        if (samplesLost) {
            throw new UnsupportedOperationException("percentiles are not simulated of statistic sets, nor of more than "
                    + MOST_VALUES + " different values in a period");
        }
        if (minimum < 0) {
            throw new UnsupportedOperationException("CloudWatch has no percentiles of negative values");
        }
        return samplesNow().percentile(percent, count);
    }

    /** Values in ascending order, and how often each was seen. */
    private static final class Samples {

        private double[] values = new double[2];
        private double[] counts = new double[2];
        private int size;

        void add(double value, double times) {
            int found = Arrays.binarySearch(values, 0, size, value);
            if (found >= 0) {
                counts[found] += times;
                return;
            }
            int at = -found - 1;
            values = withRoomAt(values, at);
            counts = withRoomAt(counts, at);
            values[at] = value;
            counts[at] = times;
            size++;
        }

        void addAll(Samples others) {
            for (int i = 0; i < others.size; i++) {
                add(others.values[i], others.counts[i]);
            }
        }

        private double[] withRoomAt(double[] array, int at) {
            double[] roomy = size == array.length ? Arrays.copyOf(array, size * 2) : array;
            System.arraycopy(roomy, at, roomy, at + 1, size - at);
            return roomy;
        }

        double percentile(double percent, double total) {
            double below = 0;
            for (int i = 0; i < size; i++) {
                below += counts[i];
                if (below >= total * percent / 100) {
                    return values[i];
                }
            }
            return values[size - 1];
        }
    }
}
