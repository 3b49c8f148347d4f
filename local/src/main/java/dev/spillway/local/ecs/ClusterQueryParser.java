package dev.spillway.local.ecs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads the cluster query language by recursive descent: {@code or} binds weakest, then {@code and}, then
 * {@code not}; parentheses group.
 */
final class ClusterQueryParser {

    /** Operators first, longest first; then words, which may hold almost everything that is no operator. */
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(==|!=|>=|<=|=~|!~|&&|\\|\\||[()\\[\\],<>!]|\"[^\"]*\"|'[^']*'|[^\\s()\\[\\],<>!=&|\"']+)");

    private final String expression;
    private final List<String> tokens = new ArrayList<>();
    private int at;

    private ClusterQueryParser(String expression) {
        this.expression = expression;
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException saying where it is wrong
     */
    static ClusterQuery parse(String expression) {
        ClusterQueryParser parser = new ClusterQueryParser(expression);
        parser.split();
        ClusterQuery query = parser.or();
        if (parser.at < parser.tokens.size()) {
            throw parser.wrong("expected the end");
        }
        return query;
    }

    private void split() {
        Matcher matcher = TOKEN.matcher(expression);
        int end = 0;
        while (end < expression.stripTrailing().length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw new IllegalArgumentException(
                        "cannot read the expression at \"" + expression.substring(end) + "\"");
            }
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
    }

    private ClusterQuery or() {
        ClusterQuery left = and();
        while (take("or", "||")) {
            left = new ClusterQuery.Or(left, and());
        }
        return left;
    }

    private ClusterQuery and() {
        ClusterQuery left = not();
        while (take("and", "&&")) {
            left = new ClusterQuery.And(left, not());
        }
        return left;
    }

    private ClusterQuery not() {
        if (take("not", "!")) {
            return new ClusterQuery.Not(not());
        }
        if (take("(")) {
            ClusterQuery inner = or();
            expect(")");
            return inner;
        }
        return comparison(QuerySubjects.named(word()).orElseThrow(() -> {
            at--;
            return wrong("unknown subject");
        }));
    }

    private ClusterQuery comparison(ClusterQuery.Subject subject) {
        // "!exists" and "!in" may be written apart or together; the tokens are the same.
        boolean negated = take("!");
        String operator = next().orElseThrow(() -> wrong("expected an operator"));
        ClusterQuery positive = switch (operator) {
            case "==", "equals" -> new ClusterQuery.In(subject, List.of(word()));
            case "!=", "not_equals" -> new ClusterQuery.Not(new ClusterQuery.In(subject, List.of(word())));
            case ">", "greater_than" -> compare(subject, ClusterQuery.Order.GREATER);
            case ">=", "greater_than_equal" -> compare(subject, ClusterQuery.Order.GREATER_OR_EQUAL);
            case "<", "less_than" -> compare(subject, ClusterQuery.Order.LESS);
            case "<=", "less_than_equal" -> compare(subject, ClusterQuery.Order.LESS_OR_EQUAL);
            case "exists" -> new ClusterQuery.Exists(subject);
            case "not_exists" -> new ClusterQuery.Not(new ClusterQuery.Exists(subject));
            case "in" -> new ClusterQuery.In(subject, list());
            case "not_in" -> new ClusterQuery.Not(new ClusterQuery.In(subject, list()));
            case "=~", "matches" -> new ClusterQuery.Matches(subject, pattern());
            case "!~", "not_matches" -> new ClusterQuery.Not(new ClusterQuery.Matches(subject, pattern()));
            default -> {
                at--;
                throw wrong("unknown operator");
            }
        };
        if (negated && !operator.equals("exists") && !operator.equals("in")) {
            throw wrong("only exists and in can follow !");
        }
        return negated ? new ClusterQuery.Not(positive) : positive;
    }

    private ClusterQuery compare(ClusterQuery.Subject subject, ClusterQuery.Order order) {
        return new ClusterQuery.Compare(subject, order, word());
    }

    private Pattern pattern() {
        String regex = word();
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("\"" + regex + "\" is no regular expression", e);
        }
    }

    private List<String> list() {
        List<String> values = new ArrayList<>();
        expect("[");
        do {
            values.add(word());
        } while (take(","));
        expect("]");
        return values;
    }

    private String word() {
        String token = next().orElseThrow(() -> wrong("something is missing"));
        char first = token.charAt(0);
        if (first == '"' || first == '\'') {
            return token.substring(1, token.length() - 1);
        }
        if ("()[],<>!=&|".indexOf(first) >= 0) {
            at--;
            throw wrong("expected a word");
        }
        return token;
    }

    private Optional<String> next() {
        return at < tokens.size() ? Optional.of(tokens.get(at++)) : Optional.empty();
    }

    private boolean take(String... wanted) {
        if (at < tokens.size() && List.of(wanted).contains(tokens.get(at))) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String wanted) {
        if (!take(wanted)) {
            throw wrong("expected " + wanted);
        }
    }

    private IllegalArgumentException wrong(String problem) {
        String where = at < tokens.size() ? "at \"" + tokens.get(at) + "\"" : "at the end";
        return new IllegalArgumentException(problem + " " + where + " of the expression \"" + expression + "\"");
    }
}
