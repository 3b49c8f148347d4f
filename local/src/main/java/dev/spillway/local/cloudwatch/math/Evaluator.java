package dev.spillway.local.cloudwatch.math;

import dev.spillway.local.cloudwatch.math.Value.ManySeries;
import dev.spillway.local.cloudwatch.math.Value.OneSeries;
import dev.spillway.local.cloudwatch.math.Value.Scalar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * The value of each part of an expression. A point that only one of two series has meets a zero (user guide, "Basic
 * arithmetic functions": missing values are treated as 0; the same of comparisons); where neither has one, there is none.
 */
final class Evaluator {

    private final Map<String, Series> series;
    private final List<Instant> grid;

    Evaluator(Map<String, Series> series, List<Instant> grid) {
        this.series = series;
        this.grid = grid;
    }

    Value value(Node node) {
        return switch (node) {
            case Node.Literal literal -> new Scalar(literal.number());
            case Node.Reference reference -> new OneSeries(referenced(reference));
            case Node.Negation negation -> negated(value(negation.operand()));
            case Node.Operation operation -> operation(operation);
            case Node.Listing listing -> listing(listing);
            case Node.Call call -> call(call);
            case Node.Repeat repeat -> throw new MathException(repeat.position(), "REPEAT stands only in FILL");
        };
    }

    private Series referenced(Node.Reference reference) {
        Series found = series.get(reference.id());
        if (found == null) {
            throw new MathException(reference.position(), "there is no metric or expression " + reference.id());
        }
        return found;
    }

    private static Value negated(Value operand) {
        return switch (operand) {
            case Scalar scalar -> new Scalar(-scalar.number());
            case OneSeries one -> new OneSeries(one.series().map(value -> -value));
            case ManySeries many -> each(many, one -> one.map(value -> -value));
        };
    }

    private static ManySeries each(ManySeries many, UnaryOperator<Series> change) {
        return new ManySeries(many.series().stream().map(change).toList());
    }

    private Value operation(Node.Operation node) {
        Operator operator = node.operator();
        Value left = value(node.left());
        Value right = value(node.right());
        if (left instanceof ManySeries || right instanceof ManySeries) {
            return onLists(node, left, right);
        }
        if (left instanceof Scalar a && right instanceof Scalar b) {
            return new Scalar(operator.apply(a.number(), b.number()));
        }
        return new OneSeries(onSeries(operator, left, right));
    }

    private static Value onLists(Node.Operation node, Value left, Value right) {
        if (!node.operator().isArithmetic() || (left instanceof ManySeries && right instanceof ManySeries)) {
            throw new MathException(node.position(), "this operator does not take these lists of series");
        }
        return left instanceof ManySeries many
                ? each(many, one -> onSeries(node.operator(), new OneSeries(one), right))
                : each((ManySeries) right, one -> onSeries(node.operator(), left, new OneSeries(one)));
    }

    private static Series onSeries(Operator operator, Value left, Value right) {
        List<Series> both = new ArrayList<>();
        if (left instanceof OneSeries one) {
            both.add(one.series());
        }
        if (right instanceof OneSeries one) {
            both.add(one.series());
        }
        NavigableMap<Instant, Double> points = new TreeMap<>();
        for (Instant instant : Series.instants(both)) {
            points.put(instant, operator.apply(at(left, instant), at(right, instant)));
        }
        return new Series(points);
    }

    private static double at(Value value, Instant instant) {
        return switch (value) {
            case Scalar scalar -> scalar.number();
            case OneSeries one -> one.series().at(instant, 0);
            case ManySeries many -> throw new IllegalStateException("a list has no single point");
        };
    }

    private Value listing(Node.Listing listing) {
        List<Series> all = new ArrayList<>();
        for (Node item : listing.items()) {
            switch (value(item)) {
                case OneSeries one -> all.add(one.series());
                case ManySeries many -> all.addAll(many.series());
                case Scalar scalar ->
                    throw new MathException(item.position(), "a list holds time series, and this is a number");
            }
        }
        return new ManySeries(all);
    }

    private Value call(Node.Call call) {
        return switch (call.function()) {
            case IF ->
                Conditions.choose(
                        call, call.arguments().stream().map(this::value).toList());
            case FILL -> Fillers.fill(call, value(call.arguments().getFirst()), filler(call), grid);
            case MAX, MIN, SUM, AVG ->
                Aggregates.aggregate(call, value(call.arguments().getFirst()));
            case CEIL -> each(call, Math::ceil);
            case FLOOR -> each(call, Math::floor);
            case ABS -> each(call, Math::abs);
        };
    }

    private Fillers.Filler filler(Node.Call call) {
        Node filler = call.arguments().getLast();
        if (filler instanceof Node.Repeat) {
            return new Fillers.LastKnown();
        }
        return switch (value(filler)) {
            case Scalar scalar -> new Fillers.Constant(scalar.number());
            case OneSeries one -> new Fillers.Other(one.series());
            case ManySeries many -> throw new MathException(filler.position(), "FILL fills from one series");
        };
    }

    private Value each(Node.Call call, DoubleUnaryOperator change) {
        return switch (value(call.arguments().getFirst())) {
            case OneSeries one -> new OneSeries(one.series().map(change));
            case ManySeries many -> each(many, one -> one.map(change));
            case Scalar scalar ->
                throw new MathException(call.position(), call.function() + " takes a time series, not a number");
        };
    }
}
