package dev.spillway.common.message;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Collects what is wrong with one message. Only the first ones are kept word for word: a hostile body must not become
 * a report larger than itself.
 */
final class Errors {

    private static final int MAX_KEPT = MessageParser.MAX_ERRORS - 1;

    private final List<FieldError> kept = new ArrayList<>();
    private int more;

    void add(String field, String got, String wants) {
        add(() -> new FieldError(field, got, wants));
    }

    /** An error whose words take some work to find, which is not done once it would only be counted. */
    void add(Supplier<FieldError> error) {
        if (kept.size() < MAX_KEPT) {
            kept.add(error.get());
        } else {
            more++;
        }
    }

    int count() {
        return kept.size() + more;
    }

    /** Whether something is wrong with the field of exactly this path. */
    boolean concern(String field) {
        return kept.stream().anyMatch(error -> error.field().equals(field));
    }

    List<FieldError> list() {
        List<FieldError> all = new ArrayList<>(kept);
        if (more > 0) {
            all.add(new FieldError(JsonReader.WHOLE, more + " more errors", "those above put right first"));
        }
        return all;
    }
}
