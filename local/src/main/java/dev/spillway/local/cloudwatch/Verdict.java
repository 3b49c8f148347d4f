package dev.spillway.local.cloudwatch;

import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** What an evaluation says of an alarm's state. */
sealed interface Verdict {

    /** A data point that was there. */
    record Datapoint(Instant at, double value) {}

    /** What was judged, oldest first. */
    List<Datapoint> datapoints();

    /**
     * The state is this one, whether it was before or not.
     *
     * @param filled how many missing data points were judged beside them
     */
    record Is(StateValue state, List<Datapoint> datapoints, int filled) implements Verdict {
        public Is {
            datapoints = List.copyOf(datapoints);
        }
    }

    /** The state stays what it was. */
    record Stays(List<Datapoint> datapoints) implements Verdict {
        public Stays {
            datapoints = List.copyOf(datapoints);
        }
    }
}
