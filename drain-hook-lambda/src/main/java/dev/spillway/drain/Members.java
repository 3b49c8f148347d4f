package dev.spillway.drain;

import dev.spillway.drain.step.InstanceFacts.Member;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Failure;

/**
 * The container instances of some EC2 instances.
 *
 * @param byInstanceId as far as the cluster has them
 * @param undescribed what ECS listed and did not describe; whose it is, nobody knows
 */
record Members(Map<String, Member> byInstanceId, List<Failure> undescribed) {
    Members {
        byInstanceId = Map.copyOf(byInstanceId);
        undescribed = List.copyOf(undescribed);
    }

    /**
     * What the instance is in the cluster; null if the cluster does not have it, so that it may go.
     *
     * @throws IllegalStateException if that is not known
     */
    @Nullable
    Member of(String instanceId) {
        Member member = byInstanceId.get(instanceId);
        if (member == null && !undescribed.isEmpty()) {
            throw new IllegalStateException("ECS did not describe all container instances: " + undescribed);
        }
        return member;
    }
}
