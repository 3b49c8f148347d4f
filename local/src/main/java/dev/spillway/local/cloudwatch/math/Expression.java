package dev.spillway.local.cloudwatch.math;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An expression of metric math: ids, numbers, {@code + - * / ^}, comparisons, AND, OR, parentheses, lists, and IF, FILL,
 * MAX, MIN, SUM, AVG, CEIL, FLOOR, ABS.
 */
public final class Expression {

    private final Node root;
    private final Set<String> ids;

    private Expression(Node root) {
        this.root = root;
        Set<String> found = new TreeSet<>();
        collectIds(root, found);
        this.ids = Set.copyOf(found);
    }

    /** @throws MathException naming what is not known or out of place, and its position */
    public static Expression parse(String text) {
        Expression expression = new Expression(Parser.parse(text));
        // Whether numbers and series are where they may be does not hang on their values.
        Map<String, Series> anything = expression.ids.stream().collect(Collectors.toMap(id -> id, id -> Series.EMPTY));
        expression.evaluate(anything, List.of());
        return expression;
    }

    /** The ids of the metrics and expressions that it refers to. */
    public Set<String> ids() {
        return ids;
    }

    /**
     * Its value.
     *
     * @param series what each id stands for
     * @param grid the beginnings of the periods in question, ascending: where FILL fills
     * @throws MathException if an id stands for nothing
     */
    public Series evaluate(Map<String, Series> series, List<Instant> grid) {
        return switch (new Evaluator(series, grid).value(root)) {
            case Value.OneSeries one -> one.series();
            case Value.Scalar scalar ->
                throw new MathException(root.position(), "the result is a number, but must be a time series");
            case Value.ManySeries many ->
                throw new MathException(root.position(), "a result of several time series is not known here");
        };
    }

    private static void collectIds(Node node, Set<String> ids) {
        switch (node) {
            case Node.Reference reference -> ids.add(reference.id());
            case Node.Negation negation -> collectIds(negation.operand(), ids);
            case Node.Operation operation -> {
                collectIds(operation.left(), ids);
                collectIds(operation.right(), ids);
            }
            case Node.Listing listing -> listing.items().forEach(item -> collectIds(item, ids));
            case Node.Call call -> call.arguments().forEach(argument -> collectIds(argument, ids));
            case Node.Literal literal -> {}
            case Node.Repeat repeat -> {}
        }
    }
}
