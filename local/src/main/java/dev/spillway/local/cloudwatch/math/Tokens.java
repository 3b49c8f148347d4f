package dev.spillway.local.cloudwatch.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes an expression apart: ids begin with a small letter, functions and words of the language are in capitals. */
final class Tokens {

    private static final Pattern NEXT = Pattern.compile(
            "\\s*(?:(?<number>\\d+(?:\\.\\d*)?|\\.\\d+)|(?<id>[a-z][A-Za-z0-9_]*)|(?<name>[A-Z][A-Z0-9_]*)"
                    + "|(?<symbol><=|>=|==|!=|&&|\\|\\||[-+*/^<>(),\\[\\]]))");

    private Tokens() {}

    static List<Token> of(String expression) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = NEXT.matcher(expression);
        int at = 0;
        int end = expression.stripTrailing().length();
        while (at < end) {
            if (!matcher.region(at, end).lookingAt()) {
                int wrong = at
                        + expression
                                .substring(at)
                                .indexOf(expression.substring(at).strip());
                throw new MathException(wrong + 1, "'" + expression.charAt(wrong) + "' is not known here");
            }
            tokens.add(token(matcher));
            at = matcher.end();
        }
        tokens.add(new Token(end + 1, Token.Kind.END, ""));
        return tokens;
    }

    private static Token token(Matcher matcher) {
        for (Token.Kind kind : List.of(Token.Kind.NUMBER, Token.Kind.ID, Token.Kind.NAME, Token.Kind.SYMBOL)) {
            String group = kind.name().toLowerCase(Locale.ROOT);
            String text = matcher.group(group);
            if (text != null) {
                return new Token(matcher.start(group) + 1, kind, text);
            }
        }
        throw new IllegalStateException("a token of no kind");
    }
}
