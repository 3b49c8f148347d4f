package dev.spillway.local.cloudwatch.math;

/** The functions that are known here. */
enum Function {
    IF(2, 3),
    FILL(2, 2),
    MAX(1, 1),
    MIN(1, 1),
    SUM(1, 1),
    AVG(1, 1),
    CEIL(1, 1),
    FLOOR(1, 1),
    ABS(1, 1);

    private final int fewest;
    private final int most;

    Function(int fewest, int most) {
        this.fewest = fewest;
        this.most = most;
    }

    /** @throws MathException if it takes another number of arguments */
    void requireArguments(int position, int given) {
        if (given < fewest || given > most) {
            String wanted = fewest == most ? String.valueOf(fewest) : fewest + " or " + most;
            String hint = this != IF && this != FILL && given > 1 ? " (several series stand in [ ])" : "";
            throw new MathException(position, "%s takes %s argument(s), not %d%s".formatted(this, wanted, given, hint));
        }
    }
}
