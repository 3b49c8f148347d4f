package dev.spillway.local.cloudwatch.math;

import java.util.function.DoubleBinaryOperator;

/** The operators between two values, for one point of each. */
enum Operator {
    OR((a, b) -> truth(a != 0 || b != 0)),
    AND((a, b) -> truth(a != 0 && b != 0)),
    LESS((a, b) -> truth(a < b)),
    LESS_OR_EQUAL((a, b) -> truth(a <= b)),
    GREATER((a, b) -> truth(a > b)),
    GREATER_OR_EQUAL((a, b) -> truth(a >= b)),
    EQUAL((a, b) -> truth(a == b)),
    NOT_EQUAL((a, b) -> truth(a != b)),
    PLUS(Double::sum),
    MINUS((a, b) -> a - b),
    TIMES((a, b) -> a * b),
    // A division by zero is no number, and so no point.
    DIVIDED_BY((a, b) -> a / b),
    POWER(Math::pow);

    private final DoubleBinaryOperator onNumbers;

    Operator(DoubleBinaryOperator onNumbers) {
        this.onNumbers = onNumbers;
    }

    /** Arithmetic takes lists of series too; comparisons and logic do not. */
    boolean isArithmetic() {
        return compareTo(PLUS) >= 0;
    }

    /** No number if one of the two is none. */
    double apply(double left, double right) {
        return Double.isNaN(left) || Double.isNaN(right) ? Double.NaN : onNumbers.applyAsDouble(left, right);
    }

    private static double truth(boolean holds) {
        return holds ? 1 : 0;
    }
}
