package dev.spillway.common.store;

import dev.spillway.common.task.HistoryEntry;
import dev.spillway.common.task.TaskRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record as the table can hold it. Every write stores this form and answers with it, so that a record read equals the
 * record written: instants carry microseconds, {@code expiresAt} whole seconds (DynamoDB's TTL reads epoch seconds), and
 * the texts that AWS or a user wrote are short.
 *
 * <p>An item of DynamoDB is at most 400 KB (409,600 bytes), names and values together. The bounds leave room for:
 * <table>
 * <caption>Bytes of the largest item</caption>
 * <tr><td>request, bounded by the message parser</td><td>262,144</td></tr>
 * <tr><td>history, 60 lines of 1,024 for the text and 76 for the rest</td><td>66,000</td></tr>
 * <tr><td>past task ARNs, 200 of 340 (a cluster's name has at most 255 characters)</td><td>68,000</td></tr>
 * <tr><td>reason</td><td>1,024</td></tr>
 * <tr><td>everything else, at most</td><td>5,000</td></tr>
 * <tr><td>sum</td><td>402,168</td></tr>
 * </table>
 * Past ARNs are not cut here: one that is forgotten would turn a known task into a stray. The bounds on attempts (10),
 * losses (20) and failed starts before each of those runs (3) keep them below 200; the record itself forgets the oldest
 * beyond that, of a task that was given up hundreds of times for want of an instance.
 */
final class StoredForm {

    /** UTF-8 bytes of a reason and of one line of history. */
    static final int MAX_TEXT_BYTES = 1_024;

    private static final String CUT = "…";
    private static final int CUT_BYTES = CUT.getBytes(StandardCharsets.UTF_8).length;

    private StoredForm() {}

    /** The form of the record under a version. Applying it again changes nothing. */
    static TaskRecord of(TaskRecord record, long version) {
        return new TaskRecord(
                record.taskId(),
                record.status(),
                record.request(),
                record.needs(),
                record.attempt(),
                record.launch(),
                record.losses(),
                record.failedStarts(),
                record.replayLaunch(),
                record.claim(),
                record.capacityType(),
                record.resumeAfter(),
                record.givesWay(),
                record.taskArn(),
                record.pastTaskArns(),
                record.containerInstanceArn(),
                shortOrNull(record.reason()),
                record.exitCode(),
                history(record.history()),
                record.eventVersion(),
                micros(record.createdAt()),
                micros(record.waitingSince()),
                microsOrNull(record.notBefore()),
                microsOrNull(record.placedAt()),
                microsOrNull(record.startedAt()),
                microsOrNull(record.stoppedAt()),
                micros(record.updatedAt()),
                microsOrNull(record.dueAt()),
                secondsOrNull(record.expiresAt()),
                version);
    }

    private static List<HistoryEntry> history(List<HistoryEntry> lines) {
        return lines.stream()
                .map(line -> new HistoryEntry(micros(line.at()), line.status(), shortText(line.what())))
                .toList();
    }

    /**
     * The text, cut between two characters and marked where it is too long. Half a surrogate pair, which UTF-8 cannot
     * write, becomes a question mark.
     */
    static String shortText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= MAX_TEXT_BYTES) {
            return new String(utf8, StandardCharsets.UTF_8);
        }
        int end = MAX_TEXT_BYTES - CUT_BYTES;
        while (isContinuation(utf8[end])) {
            end--;
        }
        return new String(utf8, 0, end, StandardCharsets.UTF_8) + CUT;
    }

    private static boolean isContinuation(byte utf8) {
        return (utf8 & 0b1100_0000) == 0b1000_0000;
    }

    private static @Nullable String shortOrNull(@Nullable String text) {
        return text == null ? null : shortText(text);
    }

    private static Instant micros(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    private static @Nullable Instant microsOrNull(@Nullable Instant instant) {
        return instant == null ? null : micros(instant);
    }

    private static @Nullable Instant secondsOrNull(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS);
    }
}
