package dev.spillway.capacitymetric.bench;

import dev.spillway.capacitymetric.FakeAws;
import dev.spillway.capacitymetric.FakeCloudWatch;
import dev.spillway.capacitymetric.FakeEcs;
import dev.spillway.capacitymetric.TestFunction;
import dev.spillway.common.store.InMemoryTaskStore;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How long one sample takes, how many calls of ECS it costs and how much heap, by the number of container instances. Each
 * call takes 20 ms. Started in a JVM of its own with 256 MiB of heap, the instances that the fake holds included:
 *
 * <pre>
 *   mvn -q -pl capacity-metric-lambda -am -Pbench-capacity -DskipTests test
 * </pre>
 *
 * Add {@code -o} to work offline. It ends with an error if 5,000 instances take 3 seconds or 110 calls.
 */
public final class SampleBenchmark {

    private static final Duration LATENCY = Duration.ofMillis(20);
    private static final Duration MOST_TIME = Duration.ofSeconds(3);
    private static final int MOST_CALLS = 110;
    private static final int ROUNDS = 5;

    private SampleBenchmark() {}

    private record Sample(Duration took, int calls) {}

    /** Measures 500, 1,000, 2,500 and 5,000 instances. */
    public static void main(String[] arguments) {
        System.out.println("instances  calls  first s  median s  median ms/100 instances  peak heap MiB");
        for (int instances : new int[] {500, 1_000, 2_500, 5_000}) {
            measure(instances);
        }
    }

    private static void measure(int instances) {
        FakeEcs ecs = new FakeEcs("spillway").onEachCall(SampleBenchmark::delay);
        IntStream.range(0, instances)
                .forEach(n -> ecs.has(FakeEcs.instance(n, n % 3 == 0 ? "on-demand" : "spot")
                        .remainingResources(FakeEcs.resources(n % 8_192, 31_634 - n))));
        System.gc();
        heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            TestFunction function = function(ecs, threads);
            Sample[] samples = new Sample[ROUNDS];
            Arrays.setAll(samples, round -> sample(function, ecs));
            long[] millis = Arrays.stream(samples)
                    .mapToLong(sample -> sample.took().toMillis())
                    .sorted()
                    .toArray();
            long median = millis[ROUNDS / 2];
            System.out.printf(
                    "%9d  %5d  %7.2f  %8.2f  %23.1f  %13d%n",
                    instances,
                    samples[0].calls(),
                    samples[0].took().toMillis() / 1e3,
                    median / 1e3,
                    median * 100.0 / instances,
                    heapPools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() >> 20);
            for (Sample sample : samples) {
                if (sample.calls() > MOST_CALLS || sample.took().compareTo(MOST_TIME) >= 0) {
                    throw new IllegalStateException("too much for " + instances + " instances: " + sample);
                }
            }
        }
    }

    private static Sample sample(TestFunction function, FakeEcs ecs) {
        int before = ecs.lists() + ecs.describes();
        long from = System.nanoTime();
        function.invoke();
        return new Sample(Duration.ofNanos(System.nanoTime() - from), ecs.lists() + ecs.describes() - before);
    }

    private static TestFunction function(FakeEcs ecs, ExecutorService threads) {
        InMemoryTaskStore table = new InMemoryTaskStore();
        return new TestFunction(
                Map.of(
                        "TABLE_NAME", "tasks",
                        "CLUSTER", "spillway",
                        "LARGEST_CONTAINER_CPU", "1024",
                        "LARGEST_CONTAINER_MEMORY", "2048"),
                new FakeAws(ecs, new FakeCloudWatch()),
                table,
                table,
                Clock.systemUTC(),
                threads);
    }

    private static Stream<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }

    private static void delay() {
        try {
            Thread.sleep(LATENCY);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("ended in the middle of a call", ended);
        }
    }
}
