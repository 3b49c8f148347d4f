package dev.spillway.local.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.eventbridge.EventPattern;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * Messages a second from the queue to the recorded end, through everything that the local system has: the SQS and
 * DynamoDB protocols, the functions of template.yaml, ECS events, the table's stream. Only the tasks are simulated.
 *
 * <p>docs/benchmarks.md says how to start it, and what came out. It ends with 1 if a task is lost or has run twice.
 */
public final class ThroughputBenchmark {

    private static final int BATCH = 10;
    private static final int SENDERS = 4;
    private static final Duration MOST = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int messages;
    private final Map<String, TaskRecord> ended = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> runs = new ConcurrentHashMap<>();
    private final CountDownLatch left;

    private ThroughputBenchmark(int messages) {
        this.messages = messages;
        this.left = new CountDownLatch(messages);
    }

    /** Takes the number of messages; 10,000 without. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int messages = arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]);
        if (!new ThroughputBenchmark(messages).run()) {
            System.exit(1);
        }
    }

    private boolean run() throws IOException, InterruptedException {
        Path project = Path.of(System.getProperty("spillway.home", "..")).toRealPath();
        Path directory = Files.createTempDirectory("spillway-bench");
        SystemOptions options = new SystemOptions(20, "m5.2xlarge", RuntimeKind.SIMULATED, 0, 0, 0, directory, project);
        try (TemplateSystem system = TemplateSystem.start(options)) {
            system.onRecord(this::recorded);
            system.bus().addRule("runs", EventPattern.parse(running()), this::started);
            long began = System.nanoTime();
            send(system);
            double sent = secondsSince(began);
            boolean complete = left.await(MOST.toSeconds(), TimeUnit.SECONDS);
            return report(complete, sent, secondsSince(began));
        }
    }

    private static JsonNode running() throws IOException {
        return JSON.readTree("""
                {"source": ["aws.ecs"], "detail-type": ["ECS Task State Change"], "detail": {"lastStatus": ["RUNNING"]}}
                """);
    }

    private void recorded(TaskRecord record) {
        if (record.status().isEnd() && ended.put(record.taskId().value(), record) == null) {
            left.countDown();
        }
    }

    private void started(JsonNode event) {
        JsonNode task = event.get("detail");
        runs.computeIfAbsent(task.get("startedBy").asText(), id -> ConcurrentHashMap.newKeySet())
                .add(task.get("taskArn").asText());
    }

    private void send(TemplateSystem system) {
        try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            IntStream.range(0, messages / BATCH)
                    .forEach(batch -> senders.execute(() -> system.sqs()
                            .sendMessageBatch(request -> request.queueUrl(system.taskQueueUrl())
                                    .entries(IntStream.range(0, BATCH)
                                            .mapToObj(i -> message(batch * BATCH + i))
                                            .toList()))));
        }
    }

    private static SendMessageBatchRequestEntry message(int number) {
        return SendMessageBatchRequestEntry.builder()
                .id(Integer.toString(number))
                .messageBody("""
                        {"taskId": "bench-%d", "taskDefinition": "spillway-word-count-ec2"}
                        """.formatted(number))
                .build();
    }

    private boolean report(boolean complete, double sent, double seconds) {
        long succeeded = ended.values().stream()
                .filter(record -> record.status() == TaskStatus.SUCCEEDED)
                .count();
        long twice = runs.values().stream().filter(arns -> arns.size() > 1).count();
        System.out.printf(
                "%,d messages: %,d ended, %,d succeeded, %,d ran more than once; sent in %.1f s, all ended in %.1f s: %.0f a second%n",
                messages, ended.size(), succeeded, twice, sent, seconds, messages / seconds);
        System.out.printf(
                "processor time: %.1f s, %.1f ms a message%n",
                processorSeconds(), processorSeconds() * 1_000 / messages);
        System.out.printf(
                "heap: peak %,d MiB of at most %,d MiB%n",
                peakHeap() >> 20, Runtime.getRuntime().maxMemory() >> 20);
        return complete && succeeded == messages && runs.size() == messages && twice == 0;
    }

    /** With garbage: the most that was in use between two collections. */
    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    /** Of this JVM since its start. What it does for a message can be compared even on a machine that does other things. */
    private static double processorSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }

    private static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1e9;
    }
}
