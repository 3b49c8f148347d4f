package dev.spillway.local.cloudwatch;

import dev.spillway.local.cloudwatch.math.Expression;
import dev.spillway.local.cloudwatch.math.MathException;
import dev.spillway.local.cloudwatch.math.Series;
import dev.spillway.local.ecs.KnownFields;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;

/**
 * Metrics and expressions that refer to each other by their ids (API reference, MetricDataQuery). All that are given
 * together have one period here.
 */
final class MetricQueries {

    private static final Pattern ID = Pattern.compile("[a-z][a-zA-Z0-9_]{0,254}");
    private static final int LONGEST_EXPRESSION = 2048;

    private final Map<String, Query> byId = new LinkedHashMap<>();
    private final Duration period;

    private MetricQueries(List<MetricDataQuery> queries) {
        for (MetricDataQuery query : queries) {
            if (byId.put(id(query), read(query)) != null) {
                throw CloudWatchErrors.invalid("The id " + query.id() + " is given twice.");
            }
        }
        byId.keySet().forEach(id -> requireReferences(id, new ArrayDeque<>()));
        period = onePeriod(queries);
    }

    /** One query: a metric or an expression. */
    sealed interface Query {

        MetricDataQuery given();

        /** Whether its series is asked for, and not only used by others. */
        default boolean returned() {
            return !Boolean.FALSE.equals(given().returnData());
        }
    }

    record OfMetric(MetricDataQuery given, MetricKey key, Stat stat) implements Query {}

    record OfExpression(MetricDataQuery given, Expression expression) implements Query {}

    /** @throws software.amazon.awssdk.services.cloudwatch.model.CloudWatchException if they cannot be evaluated */
    static MetricQueries read(List<MetricDataQuery> queries) {
        return new MetricQueries(queries);
    }

    /** In the order given. */
    List<Query> all() {
        return List.copyOf(byId.values());
    }

    /** What is asked for, in the order given. */
    List<Query> returned() {
        return byId.values().stream().filter(Query::returned).toList();
    }

    /** How many metrics there are, apart from expressions. */
    long metrics() {
        return byId.values().stream().filter(OfMetric.class::isInstance).count();
    }

    Duration period() {
        return period;
    }

    Series evaluate(Query query, MetricStore store, Periods periods) {
        return switch (query) {
            case OfMetric metric -> store.series(metric.key(), metric.stat(), periods);
            case OfExpression expression -> {
                Map<String, Series> used = new LinkedHashMap<>();
                for (String id : expression.expression().ids()) {
                    used.put(id, evaluate(Objects.requireNonNull(byId.get(id)), store, periods));
                }
                yield expression.expression().evaluate(used, periods.beginnings());
            }
        };
    }

    private static String id(MetricDataQuery query) {
        if (query.id() == null) {
            throw CloudWatchErrors.missing("MetricDataQueries.Id");
        }
        if (!ID.matcher(query.id()).matches()) {
            throw CloudWatchErrors.invalid("The value " + query.id()
                    + " for parameter Id is invalid: a small letter, and then letters, digits and underscores.");
        }
        return query.id();
    }

    private static Query read(MetricDataQuery query) {
        KnownFields.require(
                query, "MetricDataQuery", Set.of("Id", "MetricStat", "Expression", "Label", "ReturnData", "Period"));
        if ((query.metricStat() == null) == (query.expression() == null)) {
            throw CloudWatchErrors.combination(query.id() + " must have either MetricStat or Expression.");
        }
        if (query.expression() != null) {
            return new OfExpression(query, expression(query));
        }
        MetricStat stat = query.metricStat();
        KnownFields.require(stat, "MetricStat", Set.of("Metric", "Period", "Stat"));
        if (stat.metric() == null) {
            throw CloudWatchErrors.missing("MetricStat.Metric");
        }
        if (query.period() != null) {
            throw CloudWatchErrors.combination(query.id() + " has its Period in MetricStat.");
        }
        return new OfMetric(query, MetricKey.of(stat.metric()), Stat.named(stat.stat()));
    }

    private static Expression expression(MetricDataQuery query) {
        if (query.expression().length() > LONGEST_EXPRESSION) {
            throw CloudWatchErrors.invalid(
                    "The expression of " + query.id() + " must not have more than 2,048 characters.");
        }
        try {
            return Expression.parse(query.expression());
        } catch (MathException wrong) {
            throw CloudWatchErrors.invalid(
                    "The expression " + query.expression() + " of " + query.id() + ": " + wrong.getMessage());
        }
    }

    private void requireReferences(String id, Deque<String> path) {
        if (path.contains(id)) {
            throw CloudWatchErrors.invalid("The expression " + id + " refers to itself.");
        }
        if (!(byId.get(id) instanceof OfExpression expression)) {
            return;
        }
        path.push(id);
        for (String used : expression.expression().ids()) {
            if (!byId.containsKey(used)) {
                throw CloudWatchErrors.invalid("The expression " + id + " refers to " + used + ", which is not given.");
            }
            requireReferences(used, path);
        }
        path.pop();
    }

    private static Duration onePeriod(List<MetricDataQuery> queries) {
        List<Integer> periods = queries.stream()
                .map(query -> Optional.ofNullable(query.metricStat())
                        .map(MetricStat::period)
                        .orElse(query.period()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (periods.size() > 1) {
            throw new UnsupportedOperationException("queries of several periods are not simulated: " + periods);
        }
        return Periods.length(periods.isEmpty() ? null : periods.getFirst());
    }
}
