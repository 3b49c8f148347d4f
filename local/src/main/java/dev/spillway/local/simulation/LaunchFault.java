package dev.spillway.local.simulation;

/** What can go wrong with one call of RunTask. */
public enum LaunchFault {
    /** The function ends before the call leaves it. */
    CRASH_BEFORE,
    /** The call is made, and the function ends before it sees the answer. */
    CRASH_AFTER,
    /** The call is made, and the answer says "no room" although a task starts (apache/airflow, pull request 16150). */
    REFUSED_BUT_STARTED
}
