package dev.spillway.drain;

import dev.spillway.common.ecs.TaskDefinitionFacts;
import dev.spillway.common.function.NameList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Tells the tasks that nobody waits for: those of services that ECS runs once on each instance, and those of the families
 * that the deployment names. A task does not say how its service is scheduled, so each service is asked for, once an
 * invocation; its answer never changes (ECS API, Service, schedulingStrategy). One that ECS does not know is no daemon.
 */
final class Daemons {

    private static final String OF_A_SERVICE = "service:";
    private static final String STARTED_BY_A_SERVICE = "ecs-svc/";

    private final EcsClient ecs;
    private final String cluster;
    private final NameList families;
    private final Map<String, Boolean> services = new ConcurrentHashMap<>();

    /** @param families {@code *} stands for any characters */
    Daemons(EcsClient ecs, String cluster, List<String> families) {
        this.ecs = ecs;
        this.cluster = cluster;
        this.families = new NameList(families);
    }

    boolean include(Task task) {
        return families.includes(TaskDefinitionFacts.familyOf(task.taskDefinitionArn())) || isOfADaemonService(task);
    }

    /** Both are asked for: whoever starts a task by hand may give it any group. */
    private boolean isOfADaemonService(Task task) {
        String group = task.group();
        String startedBy = task.startedBy();
        return group != null
                && group.startsWith(OF_A_SERVICE)
                && startedBy != null
                && startedBy.startsWith(STARTED_BY_A_SERVICE)
                && services.computeIfAbsent(group.substring(OF_A_SERVICE.length()), this::isDaemonService);
    }

    private boolean isDaemonService(String name) {
        return ecs.describeServices(r -> r.cluster(cluster).services(name)).services().stream()
                .anyMatch(service -> service.schedulingStrategy() == SchedulingStrategy.DAEMON);
    }
}
