package dev.spillway.local.cloudwatch;

/** What an alarm does: notify a topic, run a scaling policy. Looked up by its ARN when the alarm is defined. */
@FunctionalInterface
public interface AlarmAction {

    /**
     * Runs once for each change of the alarm's state, and for a scaling policy of Auto Scaling again each minute that the
     * state remains.
     *
     * @param notice of the alarm as it was judged just before
     */
    void run(AlarmNotice notice);
}
