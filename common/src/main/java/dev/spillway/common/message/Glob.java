package dev.spillway.common.message;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares globs: {@code *} stands for any characters, {@code ?} for one. */
final class Glob {

    private static final Pattern WILDCARDS = Pattern.compile("[*?]+");

    private Glob() {}

    /**
     * Whether everything that the second glob matches is matched by the first. Never true where that is wrong. Takes
     * time with the product of both lengths.
     */
    static boolean covers(String glob, String other) {
        int[] pattern = ordered(glob).codePoints().toArray();
        int[] text = ordered(other).codePoints().toArray();
        // covered[j]: whether the pattern from i on covers the other glob from j on. A wildcard of the other glob is
        // covered by * and, if it is a ?, by ?.
        boolean[] covered = new boolean[text.length + 1];
        covered[text.length] = true;
        for (int i = pattern.length - 1; i >= 0; i--) {
            boolean[] next = covered;
            covered = new boolean[text.length + 1];
            for (int j = text.length; j >= 0; j--) {
                boolean more = j < text.length;
                covered[j] = switch (pattern[i]) {
                    case '*' -> next[j] || (more && covered[j + 1]);
                    case '?' -> more && text[j] != '*' && next[j + 1];
                    default -> more && text[j] == pattern[i] && next[j + 1];
                };
            }
        }
        return covered[0];
    }

    /** The same glob with each run of wildcards as its {@code ?} and then at most one {@code *}. */
    private static String ordered(String glob) {
        return WILDCARDS.matcher(glob).replaceAll(run -> {
            String one = run.group().replace("*", "");
            return Matcher.quoteReplacement(one.length() < run.group().length() ? one + "*" : one);
        });
    }
}
