package dev.spillway.local.cli.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A table that fits a width. The first column is shortened when there is too little room, the last one takes the
 * room that is left and is wrapped; those between are as wide as what is in them.
 *
 * @param rows each as long as the header
 */
public record TextTable(List<String> header, List<List<String>> rows) {

    private static final String GAP = "  ";
    private static final int LEAST_FIRST = 12;
    private static final int LEAST_LAST = 20;
    private static final int MOST_LINES = 3;

    public TextTable {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    /** The lines of the table, none wider than the width unless the columns between alone are. */
    public List<String> lines(int width) {
        int[] widths = widths(width);
        List<String> lines = new ArrayList<>(rows.size() + 2);
        add(lines, header, widths);
        List<String> rules = new ArrayList<>();
        for (int columnWidth : widths) {
            rules.add("-".repeat(columnWidth));
        }
        lines.add(String.join(GAP, rules));
        rows.forEach(row -> add(lines, row, widths));
        return lines;
    }

    private int[] widths(int width) {
        int last = header.size() - 1;
        int[] widths = new int[header.size()];
        for (int i = 0; i <= last; i++) {
            int column = i;
            int widest = rows.stream()
                    .mapToInt(row -> row.get(column).length())
                    .max()
                    .orElse(0);
            widths[i] = Math.max(header.get(i).length(), widest);
        }
        int between = GAP.length() * last;
        for (int i = 1; i < last; i++) {
            between += widths[i];
        }
        int room = width - between;
        int wantedByLast = Math.min(widths[last], LEAST_LAST);
        widths[0] = Math.min(widths[0], Math.max(LEAST_FIRST, room - wantedByLast));
        widths[last] = Math.min(widths[last], Math.max(LEAST_LAST, room - widths[0]));
        return widths;
    }

    private static void add(List<String> lines, List<String> cells, int[] widths) {
        int last = widths.length - 1;
        List<String> wrapped = PlainText.wrap(cells.get(last), widths[last], MOST_LINES);
        for (int i = 0; i < wrapped.size(); i++) {
            List<String> shown = i == 0 ? cells.subList(0, last) : Collections.nCopies(last, "");
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < last; column++) {
                String cell = PlainText.shorten(shown.get(column), widths[column]);
                line.append(cell).repeat(' ', widths[column] - cell.length()).append(GAP);
            }
            lines.add(line.append(wrapped.get(i)).toString().stripTrailing());
        }
    }
}
