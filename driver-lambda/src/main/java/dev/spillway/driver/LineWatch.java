package dev.spillway.driver;

import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.driver.chain.LineAhead;
import dev.spillway.driver.chain.Material;
import dev.spillway.driver.chain.RecentRefusals;
import dev.spillway.driver.chain.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the waiting line for newcomers: one query, at most once a second for a warm function, made while the batch is
 * being claimed, so that it costs no round trip of its own.
 */
final class LineWatch implements RecentRefusals {

    private static final Logger LOG = LoggerFactory.getLogger(LineWatch.class);

    /** Somebody who begins to wait is seen by other functions this much later. */
    static final Duration AGE = Duration.ofSeconds(1);

    /** As far as the line is looked at: those with the most right to go first stand at its head. */
    private static final int LOOK = 100;

    private final TaskIndex index;
    private final Executor executor;
    private @Nullable Look last;

    LineWatch(TaskIndex index, Executor executor) {
        this.index = index;
        this.executor = executor;
    }

    private record Look(Instant at, CompletableFuture<LineAhead> line) {}

    /** Begins to look, if the last look is too old. */
    synchronized void look(Instant now) {
        if (last == null || !now.isBefore(last.at().plus(AGE))) {
            last = new Look(now, CompletableFuture.supplyAsync(this::read, executor));
        }
    }

    @Override
    public Optional<Refusal> find(CapacityType type, TaskRequest request, Material.Ready material) {
        return seen().find(type, request, material);
    }

    private RecentRefusals seen() {
        CompletableFuture<LineAhead> line;
        synchronized (this) {
            if (last == null) {
                return NONE;
            }
            line = last.line();
        }
        return line.join();
    }

    private LineAhead read() {
        try {
            return new LineAhead(index.waiting(LOOK));
        } catch (RuntimeException unread) {
            // Being fair must not keep anybody from running: whatever is wrong with the line, AWS is asked.
            LOG.warn("the waiting line could not be read", unread);
            return new LineAhead(List.of());
        }
    }
}
