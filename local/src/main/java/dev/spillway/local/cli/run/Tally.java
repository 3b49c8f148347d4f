package dev.spillway.local.cli.run;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many tasks there are of each kind.
 *
 * @param lines of the file; more than the tasks where several lines are about the same one
 * @param spilledToFargate tasks that went to Fargate because what they would rather have used had no room
 */
public record Tally(int lines, Map<Row.State, Integer> states, int spilledToFargate) {

    public Tally {
        states = Map.copyOf(states);
    }

    static Tally of(int lines, Collection<Row> rows) {
        Map<Row.State, Integer> states = new EnumMap<>(Row.State.class);
        rows.forEach(row -> states.merge(row.state(), 1, Integer::sum));
        int spilled = (int) rows.stream().filter(Row::isSpilledToFargate).count();
        return new Tally(lines, states, spilled);
    }

    /** Tasks in any of the states. */
    public int in(Row.State... wanted) {
        int sum = 0;
        for (Row.State state : wanted) {
            sum += states.getOrDefault(state, 0);
        }
        return sum;
    }

    /** All tasks, and all lines that did not become one. */
    public int submitted() {
        return states.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Tasks to which nothing more will happen. */
    public int ended() {
        return in(Row.State.SUCCEEDED, Row.State.FAILED, Row.State.TIMED_OUT, Row.State.CANCELLED, Row.State.REJECTED);
    }

    /** Tasks of which nobody knows the end, and which are not just waiting for a place. */
    public int unfinished() {
        return submitted() - ended() - in(Row.State.WAITING);
    }

    /** Whether there is nothing left to wish for. */
    public boolean isAllSucceeded() {
        return in(Row.State.SUCCEEDED) == submitted();
    }
}
