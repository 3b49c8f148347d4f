package dev.spillway.local.ecs;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * An expression of the cluster query language (ECS developer guide, "Create expressions to define container instances
 * for Amazon ECS tasks"). Made by {@link ClusterQueryParser}.
 */
sealed interface ClusterQuery {

    boolean matches(InstanceView instance);

    record And(ClusterQuery left, ClusterQuery right) implements ClusterQuery {
        @Override
        public boolean matches(InstanceView instance) {
            return left.matches(instance) && right.matches(instance);
        }
    }

    record Or(ClusterQuery left, ClusterQuery right) implements ClusterQuery {
        @Override
        public boolean matches(InstanceView instance) {
            return left.matches(instance) || right.matches(instance);
        }
    }

    record Not(ClusterQuery inner) implements ClusterQuery {
        @Override
        public boolean matches(InstanceView instance) {
            return !inner.matches(instance);
        }
    }

    /** A value of the subject is in the list; a subject without a value is in none. */
    record In(Subject subject, List<String> values) implements ClusterQuery {
        public In {
            values = List.copyOf(values);
        }

        @Override
        public boolean matches(InstanceView instance) {
            return subject.values(instance).stream().anyMatch(values::contains);
        }
    }

    record Exists(Subject subject) implements ClusterQuery {
        @Override
        public boolean matches(InstanceView instance) {
            return !subject.values(instance).isEmpty();
        }
    }

    /** The whole value matches the regular expression. */
    record Matches(Subject subject, Pattern pattern) implements ClusterQuery {
        @Override
        public boolean matches(InstanceView instance) {
            return subject.values(instance).stream()
                    .anyMatch(value -> pattern.matcher(value).matches());
        }
    }

    /** Comparison by order: of numbers where both sides are numbers, else of text. */
    record Compare(Subject subject, Order order, String than) implements ClusterQuery {
        @Override
        public boolean matches(InstanceView instance) {
            return subject.values(instance).stream().anyMatch(value -> order.holds(compare(value, than)));
        }

        private static int compare(String left, String right) {
            try {
                return Double.compare(Double.parseDouble(left), Double.parseDouble(right));
            } catch (NumberFormatException e) {
                return left.compareTo(right);
            }
        }
    }

    /** The four orders. */
    enum Order {
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL;

        boolean holds(int comparison) {
            return switch (this) {
                case LESS -> comparison < 0;
                case LESS_OR_EQUAL -> comparison <= 0;
                case GREATER -> comparison > 0;
                case GREATER_OR_EQUAL -> comparison >= 0;
            };
        }
    }

    /** What an expression can ask about; the values are none when the instance does not have it. */
    record Subject(String name, Function<InstanceView, List<String>> read) {
        List<String> values(InstanceView instance) {
            return read.apply(instance);
        }
    }
}
