package dev.spillway.local.cloudwatch.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an expression. From loose to tight: OR, AND, comparisons, + and -, * and /, unary -, ^. The user guide does not
 * say how they bind; this is how mathematics has it.
 */
final class Parser {

    private static final List<Map<String, Operator>> LEVELS = List.of(
            Map.of("OR", Operator.OR, "||", Operator.OR),
            Map.of("AND", Operator.AND, "&&", Operator.AND),
            Map.of(
                    "<", Operator.LESS,
                    "<=", Operator.LESS_OR_EQUAL,
                    ">", Operator.GREATER,
                    ">=", Operator.GREATER_OR_EQUAL,
                    "==", Operator.EQUAL,
                    "!=", Operator.NOT_EQUAL),
            Map.of("+", Operator.PLUS, "-", Operator.MINUS),
            Map.of("*", Operator.TIMES, "/", Operator.DIVIDED_BY));

    /** Deep enough for a person, and far from the end of the stack. */
    private static final int DEEPEST = 100;

    private final List<Token> tokens;
    private int at;
    private int depth;

    private Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Node parse(String expression) {
        Parser parser = new Parser(Tokens.of(expression));
        Node root = parser.level(0);
        if (parser.next().kind() != Token.Kind.END) {
            throw new MathException(parser.next().position(), "nothing was expected here, not " + parser.next());
        }
        return root;
    }

    private Node level(int level) {
        if (level == LEVELS.size()) {
            return unary();
        }
        Node left = level(level + 1);
        for (Optional<Operator> operator = operator(level); operator.isPresent(); operator = operator(level)) {
            int position = take().position();
            left = new Node.Operation(position, operator.get(), left, level(level + 1));
        }
        return left;
    }

    private Optional<Operator> operator(int level) {
        return LEVELS.get(level).entrySet().stream()
                .filter(entry -> next().is(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private Node unary() {
        if (++depth > DEEPEST) {
            throw new MathException(next().position(), "this is nested more than " + DEEPEST + " deep");
        }
        try {
            return next().is("-") ? new Node.Negation(take().position(), unary()) : power();
        } finally {
            depth--;
        }
    }

    private Node power() {
        Node base = primary();
        return next().is("^") ? new Node.Operation(take().position(), Operator.POWER, base, unary()) : base;
    }

    private Node primary() {
        Token token = take();
        return switch (token.kind()) {
            case NUMBER -> new Node.Literal(token.position(), Double.parseDouble(token.text()));
            case ID -> new Node.Reference(token.position(), token.text());
            case NAME -> call(token);
            case SYMBOL -> bracketed(token);
            case END -> throw new MathException(token.position(), "a value is missing");
        };
    }

    private Node bracketed(Token open) {
        if (open.is("(")) {
            Node inner = level(0);
            expect(")");
            return inner;
        }
        if (open.is("[")) {
            return new Node.Listing(open.position(), list("]"));
        }
        throw new MathException(open.position(), "a value is missing before " + open);
    }

    private Node call(Token name) {
        Function function = Arrays.stream(Function.values())
                .filter(known -> known.name().equals(name.text()))
                .findFirst()
                .orElseThrow(() -> new MathException(name.position(), name + " is not known here"));
        expect("(");
        if (function == Function.FILL) {
            return fill(name.position());
        }
        List<Node> arguments = list(")");
        function.requireArguments(name.position(), arguments.size());
        return new Node.Call(name.position(), function, arguments);
    }

    private Node fill(int position) {
        Node filled = level(0);
        expect(",");
        Node filler = next().is("REPEAT") ? new Node.Repeat(take().position()) : level(0);
        expect(")");
        return new Node.Call(position, Function.FILL, List.of(filled, filler));
    }

    private List<Node> list(String close) {
        List<Node> items = new ArrayList<>();
        items.add(level(0));
        while (next().is(",")) {
            take();
            items.add(level(0));
        }
        expect(close);
        return items;
    }

    private void expect(String symbol) {
        Token token = take();
        if (!token.is(symbol)) {
            throw new MathException(token.position(), symbol + " is expected, not " + token);
        }
    }

    private Token next() {
        return tokens.get(at);
    }

    private Token take() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }
}
