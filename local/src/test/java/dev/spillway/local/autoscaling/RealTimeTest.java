package dev.spillway.local.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.ec2.BootTimes;
import dev.spillway.local.ec2.BootedInstance;
import dev.spillway.local.ec2.Ec2Settings;
import dev.spillway.local.ec2.InstanceHost;
import dev.spillway.local.ec2.SimulatedEc2;
import dev.spillway.local.time.RealTimeline;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The same groups on the wall clock, where everything happens on many threads. */
class RealTimeTest {

    private static final int INSTANCES = 40;
    private static final Duration SHORT = Duration.ofMillis(1);

    private final CountDownLatch launched = new CountDownLatch(INSTANCES);
    private final CountDownLatch terminated = new CountDownLatch(INSTANCES);
    private final CountDownLatch joins = new CountDownLatch(INSTANCES);
    private final Set<String> joined = ConcurrentHashMap.newKeySet();

    @Test
    void everyInstanceIsLaunchedAndTerminatedOnce() throws Exception {
        try (RealTimeline timeline = new RealTimeline()) {
            SimulatedEc2 ec2 = new SimulatedEc2(
                    Ec2Settings.defaults().withTimes(SHORT, SHORT), timeline, new Joined(), this::heard);
            SimulatedAutoScaling autoScaling = new SimulatedAutoScaling(
                    AutoScalingSettings.defaults().withTimes(SHORT, SHORT, SHORT),
                    timeline,
                    ec2,
                    this::heard,
                    (namespace, name, dimensions, value, at) -> {});
            autoScaling
                    .group("workers")
                    .max(INSTANCES)
                    .desired(INSTANCES)
                    .boot(new BootTimes(SHORT, SHORT.multipliedBy(2)))
                    .create();
            assertThat(launched.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(joins.await(20, TimeUnit.SECONDS)).isTrue();

            autoScaling
                    .client()
                    .setDesiredCapacity(r -> r.autoScalingGroupName("workers").desiredCapacity(0));
            assertThat(terminated.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(joined).isEmpty();
            assertThat(autoScaling.instanceUse())
                    .hasSize(INSTANCES)
                    .allMatch(use -> use.endedAt().isPresent());
        }
    }

    private void heard(ObjectNode event) {
        String type = event.path("detail-type").asText();
        if (type.equals("EC2 Instance Launch Successful")) {
            launched.countDown();
        }
        if (type.equals("EC2 Instance Terminate Successful")) {
            terminated.countDown();
        }
    }

    private final class Joined implements InstanceHost {
        @Override
        public void joined(BootedInstance instance) {
            joined.add(instance.instanceId());
            joins.countDown();
        }

        @Override
        public void gone(String instanceId) {
            joined.remove(instanceId);
        }
    }
}
