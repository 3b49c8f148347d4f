package dev.spillway.taskstate.line;

/**
 * How many a look lets go although nothing says that there is room for them, because only asking tells.
 *
 * @param probes for each capacity type, of those that would take something else than container instances, or whose needs
 *     are not known
 * @param tries of those for which an instance has the CPU and memory, but already as many tasks as one was seen to hold:
 *     without a try, nobody would find out that instances can hold more
 */
record Luck(int probes, int tries) {

    /** Nobody goes but into room that was seen. */
    static final Luck NONE = new Luck(0, 0);
}
