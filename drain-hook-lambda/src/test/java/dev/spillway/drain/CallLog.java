package dev.spillway.drain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls to AWS, and those that are to fail. */
final class CallLog {

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final List<String> reads = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, RuntimeException> failures = new HashMap<>();

    /** The call fails, and has no effect. */
    void breaks(String call, RuntimeException failure) {
        failures.put(call, failure);
    }

    void mends(String call) {
        failures.remove(call);
    }

    /** A call that changes something. */
    void changes(String call) {
        check(call);
        calls.add(call);
    }

    /** A call that only reads. */
    void reads(String call) {
        check(call);
        reads.add(call);
    }

    private void check(String call) {
        @Nullable RuntimeException failure = failures.get(call);
        if (failure != null) {
            throw failure;
        }
    }

    List<String> all() {
        return List.copyOf(calls);
    }

    List<String> allReads() {
        return List.copyOf(reads);
    }
}
