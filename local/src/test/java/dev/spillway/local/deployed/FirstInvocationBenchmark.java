package dev.spillway.local.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spillway.local.template.FunctionResource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.ToDoubleFunction;

/**
 * What the first event of a function waits for, in a copy that was primed before its snapshot and in one that was not, and
 * the memory of its process after {@value #INVOCATIONS} events. On Lambda the restoring of a snapshot comes on top, and a
 * processor is as fast as the function has memory.
 *
 * <p>docs/benchmarks.md says how to start it, and what came out.
 */
public final class FirstInvocationBenchmark {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RUNS = 5;
    private static final int INVOCATIONS = 50;

    private FirstInvocationBenchmark() {}

    private record Measured(double start, double first, double memory) {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        System.out.printf("%-24s %-12s %10s %10s %8s%n", "medians of " + RUNS, "", "start ms", "first ms", "MiB");
        for (FunctionResource function : DeployedStack.resources()) {
            measure(function, "primed");
            measure(function.withoutSnapStart(), "not primed");
        }
    }

    private static void measure(FunctionResource function, String how) throws IOException {
        List<Measured> runs = new ArrayList<>();
        try (DeployedStack stack = DeployedStack.start(Files.createTempDirectory("spillway-bench"))) {
            String event = Files.readString(stack.eventsFor(function).getLast());
            for (int run = 0; run < RUNS; run++) {
                runs.add(run(stack, function, event));
            }
        }
        System.out.printf(
                "%-24s %-12s %10.0f %10.0f %8.0f%n",
                function.logicalId(),
                how,
                median(runs, Measured::start),
                median(runs, Measured::first),
                median(runs, Measured::memory));
    }

    private static double median(List<Measured> runs, ToDoubleFunction<Measured> figure) {
        return runs.stream().mapToDouble(figure).sorted().toArray()[runs.size() / 2];
    }

    private static Measured run(DeployedStack stack, FunctionResource resource, String event) throws IOException {
        long began = System.nanoTime();
        try (DeployedFunction function = stack.start(resource, resource.environment())) {
            if (!(function.init() instanceof RuntimeApi.Init.Ready)) {
                throw new IllegalStateException(String.join("\n", function.printed()));
            }
            double start = millisSince(began);
            double first = invoke(function, event);
            for (int i = 1; i < INVOCATIONS; i++) {
                invoke(function, event);
            }
            return new Measured(start, first, function.peakMemory());
        }
    }

    /** Milliseconds until it answered. */
    private static double invoke(DeployedFunction function, String event) throws IOException {
        // Every time another task, by its id or that of its message.
        JsonNode another =
                JSON.readTree(event.replace("word-count-7", UUID.randomUUID().toString())
                        .replace(
                                "2e1424d4-f796-459a-8184-9c92662be6da",
                                UUID.randomUUID().toString()));
        long began = System.nanoTime();
        if (!(function.invoke(another) instanceof RuntimeApi.Answer.Success)) {
            throw new IllegalStateException(String.join("\n", function.printed()));
        }
        return millisSince(began);
    }

    private static double millisSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1e6;
    }
}
