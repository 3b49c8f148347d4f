package dev.spillway.local.cli.run;

import dev.spillway.common.task.CapacityType;
import dev.spillway.local.cli.text.PlainText;
import dev.spillway.local.cli.text.TextTable;
import java.util.ArrayList;
import java.util.List;

/** The table of a run. */
final class RunSummary {

    /** Tables up to this size show every task. */
    static final int MAX_ROWS = 50;

    /** Of a larger run: this many that succeeded are shown, as a sample. */
    static final int SAMPLE = 5;

    private static final List<String> HEADER =
            List.of("Task", "Status", "Capacity type", "Exit", "Wait", "Run", "Reason");
    private static final String NOTHING = "–";

    private RunSummary() {}

    /**
     * The table, and a line about what it leaves out.
     *
     * @param width columns of the terminal
     * @param whole where all rows are
     */
    static List<String> lines(List<Row> rows, int width, String whole) {
        List<Row> shown = rows.size() <= MAX_ROWS ? rows : mostTelling(rows);
        List<String> lines = new ArrayList<>(
                new TextTable(HEADER, shown.stream().map(RunSummary::cells).toList()).lines(width));
        int hidden = rows.size() - shown.size();
        if (hidden > 0) {
            lines.add("… and " + PlainText.count(hidden, "more task") + "; the whole is in " + whole);
        }
        return lines;
    }

    private static List<Row> mostTelling(List<Row> rows) {
        List<Row> shown = new ArrayList<>();
        rows.stream()
                .filter(row -> row.state() != Row.State.SUCCEEDED)
                .limit(MAX_ROWS - SAMPLE)
                .forEach(shown::add);
        rows.stream()
                .filter(row -> row.state() == Row.State.SUCCEEDED)
                .limit(SAMPLE)
                .forEach(shown::add);
        return shown;
    }

    private static List<String> cells(Row row) {
        Integer exitCode = row.record() == null ? null : row.record().exitCode();
        return List.of(
                PlainText.line(row.name()),
                row.state().name(),
                row.capacityType().map(CapacityType::name).orElse(NOTHING),
                exitCode == null ? NOTHING : exitCode.toString(),
                row.waited().map(PlainText::duration).orElse(NOTHING),
                row.ran().map(PlainText::duration).orElse(NOTHING),
                row.state() == Row.State.SUCCEEDED ? "" : RunText.reason(row));
    }
}
