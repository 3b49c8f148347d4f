package dev.spillway.local.cli.run;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Groups lines into what one SendMessageBatch takes: at most 10 messages and 1 MiB. */
final class Batches {

    private static final int MAX_MESSAGES = 10;
    private static final int MAX_BYTES = 1 << 20;

    private Batches() {}

    static List<List<Line>> of(List<Line> lines) {
        List<List<Line>> batches = new ArrayList<>();
        List<Line> batch = new ArrayList<>();
        int bytes = 0;
        for (Line line : lines) {
            int size = line.body().getBytes(StandardCharsets.UTF_8).length;
            if (batch.size() == MAX_MESSAGES || (!batch.isEmpty() && bytes + size > MAX_BYTES)) {
                batches.add(batch);
                batch = new ArrayList<>();
                bytes = 0;
            }
            batch.add(line);
            bytes += size;
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }
}
