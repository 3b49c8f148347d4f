package dev.spillway.local.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.local.runtime.SimulatedRuntime;
import dev.spillway.local.time.RealTimeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;

/** Many callers at once, in real time: every launch is answered once, and every task that started ends. */
class ManyTasksTest {

    private static final int TASKS = 10_000;
    private static final int INSTANCES = 20;

    /** An m5.2xlarge has 8,192 CPU units. */
    private static final int TASKS_PER_INSTANCE = 8_192 / 256;

    @Test
    @Timeout(60)
    void tenThousandTasksStartAndEndWhileManyCallersAskAtOnce() throws Exception {
        CountDownLatch ended = new CountDownLatch(TASKS);
        Semaphore room = new Semaphore(INSTANCES * TASKS_PER_INSTANCE);
        Set<String> stopped = ConcurrentHashMap.newKeySet();
        try (RealTimeline timeline = new RealTimeline()) {
            SimulatedEcs ecs = new SimulatedEcs(
                    EcsSettings.defaults(), timeline, new SimulatedRuntime(timeline, Duration.ofMillis(20)), event -> {
                        boolean over =
                                event.path("detail").path("lastStatus").asText().equals("STOPPED");
                        if (over
                                && stopped.add(
                                        event.path("detail").path("taskArn").asText())) {
                            room.release();
                            ended.countDown();
                        }
                    });
            ecs.createCluster("jobs");
            ecs.registerTaskDefinition(SimulatedCluster.definition("small", 256, 512));
            IntStream.range(0, INSTANCES)
                    .forEach(i -> ecs.addInstance("jobs", "m5.2xlarge", "spot", "us-east-1a", Map.of()));

            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Boolean>> launches = IntStream.range(0, TASKS)
                        .mapToObj(i -> callers.submit(() -> launch(ecs, room, i)))
                        .toList();
                for (Future<Boolean> launch : launches) {
                    assertThat(launch.get()).isTrue();
                }
            }

            assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(stopped).hasSize(TASKS);
            assertThat(ecs.instances("jobs"))
                    .allSatisfy(instance ->
                            assertThat(instance.remainingResources()).isEqualTo(instance.registeredResources()));
        }
    }

    private static boolean launch(SimulatedEcs ecs, Semaphore room, int number) {
        room.acquireUninterruptibly();
        RunTaskResponse response = ecs.client()
                .runTask(r -> r.cluster("jobs")
                        .taskDefinition("small")
                        .startedBy("job-" + number)
                        .clientToken("token-" + number));
        return response.failures().isEmpty();
    }
}
