package dev.spillway.local.cli.run;

import dev.spillway.common.task.CapacityType;
import dev.spillway.local.cli.text.PlainText;
import java.util.Locale;
import java.util.StringJoiner;

/** Sentences about tasks. They quote ids and reasons, and never an environment, a command or a payload. */
final class RunText {

    private RunText() {}

    /** How far the run is, in one line: {@code 12 of 24 done: 11 succeeded, 1 failed; 3 running}. */
    static String progress(Tally tally) {
        return String.format(Locale.ROOT, "%,d of %,d done%s", tally.ended(), tally.submitted(), details(tally));
    }

    /** What is behind the number of the done: {@code : 11 succeeded, 1 failed; 3 running}. */
    static String details(Tally tally) {
        StringJoiner ended = joiner();
        add(ended, tally, "succeeded", Row.State.SUCCEEDED);
        addFailures(ended, tally);
        StringJoiner alive = joiner();
        add(alive, tally, "running", Row.State.RUNNING);
        add(alive, tally, "starting", Row.State.LAUNCHING, Row.State.PLACED);
        add(alive, tally, "waiting", Row.State.WAITING);
        StringJoiner all = new StringJoiner("; ", ": ", "").setEmptyValue("");
        if (ended.length() > 0) {
            all.add(ended.toString());
        }
        if (alive.length() > 0) {
            all.add(alive.toString());
        }
        return all.toString();
    }

    /** The sum of a run: {@code 24 tasks: 22 succeeded, 1 failed, 1 rejected. 3 spilled over to Fargate.} */
    static String totals(Tally tally) {
        StringJoiner parts = joiner();
        add(parts, tally, "succeeded", Row.State.SUCCEEDED);
        addFailures(parts, tally);
        add(parts, tally, "waiting", Row.State.WAITING);
        add(parts, tally, "running", Row.State.RUNNING);
        add(parts, tally, "starting", Row.State.LAUNCHING, Row.State.PLACED);
        add(parts, tally, "not answered", Row.State.SENT);
        add(parts, tally, "not sent", Row.State.NOT_SENT);
        StringBuilder text = new StringBuilder(PlainText.count(tally.submitted(), "task"));
        if (tally.lines() > tally.submitted()) {
            text.append(" of ").append(PlainText.count(tally.lines(), "line"));
        }
        text.append(": ").append(parts).append('.');
        if (tally.spilledToFargate() > 0) {
            text.append(String.format(Locale.ROOT, " %,d spilled over to Fargate.", tally.spilledToFargate()));
        }
        return text.toString();
    }

    /** A task that did not succeed, in one line. */
    static String failure(Row row) {
        StringBuilder text =
                new StringBuilder(PlainText.line(row.name())).append(' ').append(row.state());
        row.capacityType()
                .map(CapacityType::name)
                .ifPresent(type -> text.append(" on ").append(type));
        row.ran()
                .map(PlainText::duration)
                .ifPresent(time -> text.append(" after ").append(time));
        return text.append(": ").append(reason(row)).toString();
    }

    /** Why a task is what it is, with the line of the file where that helps to mend it. */
    static String reason(Row row) {
        String reason = row.reason() == null ? "" : PlainText.line(row.reason());
        boolean mend = row.state() == Row.State.REJECTED && row.line() != null && row.taskId() != null;
        return mend ? "line " + row.line() + ": " + reason : reason;
    }

    /** What a run waits for while nothing happens. */
    static String lull(Tally tally) {
        int waiting = tally.in(Row.State.WAITING);
        return "Nothing runs, and " + PlainText.count(waiting, "task") + (waiting == 1 ? " waits" : " wait")
                + " for a place; the sweep looks for one once a minute. The run ends after "
                + RunEnd.QUIET_WHILE_WAITING.toSeconds() + " s without news.";
    }

    private static StringJoiner joiner() {
        return new StringJoiner(", ");
    }

    private static void addFailures(StringJoiner to, Tally tally) {
        add(to, tally, "failed", Row.State.FAILED);
        add(to, tally, "timed out", Row.State.TIMED_OUT);
        add(to, tally, "cancelled", Row.State.CANCELLED);
        add(to, tally, "rejected", Row.State.REJECTED);
    }

    private static void add(StringJoiner to, Tally tally, String word, Row.State... states) {
        int number = tally.in(states);
        if (number > 0) {
            to.add(String.format(Locale.ROOT, "%,d %s", number, word));
        }
    }
}
