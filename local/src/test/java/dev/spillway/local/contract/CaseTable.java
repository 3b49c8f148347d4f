package dev.spillway.local.contract;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Prints what became of each case when the last one is over. */
final class CaseTable implements TestWatcher, AfterAllCallback {

    private static final int LONGEST_REASON = 160;

    private final List<Row> rows = new ArrayList<>();

    private enum Result {
        PASSED("passed"),
        FAILED("failed"),
        NOT_OFFERED("not offered by that server");

        private final String words;

        Result(String words) {
            this.words = words;
        }
    }

    private record Row(Result result, String name, String reason) {}

    @Override
    public void testSuccessful(ExtensionContext context) {
        add(Result.PASSED, context, "");
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        add(Result.NOT_OFFERED, context, reason(cause));
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        add(Result.FAILED, context, reason(cause));
    }

    /** Called for the groups of cases, too; the suite itself comes last. */
    @Override
    public void afterAll(ExtensionContext context) {
        if (context.getRequiredTestClass().getEnclosingClass() == null && !rows.isEmpty()) {
            lines().forEach(System.out::println);
        }
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        // By name, so that the tables of two servers can be laid side by side.
        for (Row row : rows.stream().sorted(Comparator.comparing(Row::name)).toList()) {
            lines.add("%-26s  %s".formatted(row.result().words, row.name()));
            if (!row.reason().isEmpty()) {
                lines.add(" ".repeat(30) + row.reason());
            }
        }
        lines.add("");
        lines.add(Stream.of(Result.values())
                .map(result ->
                        rows.stream().filter(row -> row.result() == result).count() + " " + result.words)
                .collect(Collectors.joining(", ", "", ".")));
        return lines;
    }

    private void add(Result result, ExtensionContext context, String reason) {
        rows.add(new Row(result, name(context), reason));
    }

    /** One line of it; all of it is in the report of the test. */
    private static String reason(Throwable cause) {
        String words = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        String line = words.replaceAll("\\s+", " ").strip();
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
    }

    /** Groups from the outside to the inside, then the case as a sentence. */
    private static String name(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        String groups = context.getEnclosingTestClasses().stream()
                .skip(1)
                .map(group -> words(group.getSimpleName()) + ": ")
                .collect(Collectors.joining());
        String own = words(context.getRequiredTestClass().getSimpleName()) + ": ";
        String parameters = context.getDisplayName().startsWith(method.getName()) ? "" : " " + context.getDisplayName();
        return groups + own + words(method.getName()) + parameters;
    }

    private static String words(String camelCase) {
        return camelCase.replaceAll("(?<!^)(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
