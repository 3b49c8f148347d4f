package dev.spillway.local.ecs;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The subjects of the cluster query language that the simulation knows: all of them but {@code agentVersion}. */
final class QuerySubjects {

    private static final String ATTRIBUTE = "attribute:";

    private QuerySubjects() {}

    static Optional<ClusterQuery.Subject> named(String name) {
        if (name.startsWith(ATTRIBUTE) && name.length() > ATTRIBUTE.length()) {
            String attribute = name.substring(ATTRIBUTE.length());
            return subject(name, instance -> {
                String value = instance.attributes().get(attribute);
                return value == null ? List.of() : List.of(value);
            });
        }
        return switch (name) {
            case "agentConnected" -> subject(name, instance -> List.of(String.valueOf(instance.agentConnected())));
            case "ec2InstanceId" -> subject(name, instance -> List.of(instance.ec2InstanceId()));
            case "registeredAt" ->
                subject(name, instance -> List.of(instance.registeredAt().toString()));
            case "runningTasksCount" -> subject(name, instance -> List.of(String.valueOf(instance.runningTasks())));
            case "task:group" ->
                subject(name, instance -> List.copyOf(instance.tasksByGroup().keySet()));
            default -> Optional.empty();
        };
    }

    private static Optional<ClusterQuery.Subject> subject(String name, Function<InstanceView, List<String>> read) {
        return Optional.of(new ClusterQuery.Subject(name, read));
    }
}
