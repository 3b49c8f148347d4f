package dev.spillway.local.cloudwatch.math;

import java.util.List;

/** An expression that has been read, with the position of each part. */
sealed interface Node {

    int position();

    record Literal(int position, double number) implements Node {}

    record Reference(int position, String id) implements Node {}

    record Negation(int position, Node operand) implements Node {}

    record Operation(int position, Operator operator, Node left, Node right) implements Node {}

    /** {@code [m1, m2]}. */
    record Listing(int position, List<Node> items) implements Node {}

    record Call(int position, Function function, List<Node> arguments) implements Node {}

    /** How FILL fills, where it is no number. */
    record Repeat(int position) implements Node {}
}
