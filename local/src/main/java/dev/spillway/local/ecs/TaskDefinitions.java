package dev.spillway.local.ecs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/** The registered task definitions of the account: families of numbered revisions, all ACTIVE. */
final class TaskDefinitions {

    private static final Pattern NAME = Pattern.compile("(?<family>[A-Za-z0-9_-]{1,255})(:(?<revision>[0-9]{1,9}))?");

    private final SortedMap<String, List<TaskDefinition>> revisionsByFamily = new TreeMap<>();
    private final EcsSettings settings;

    TaskDefinitions(EcsSettings settings) {
        this.settings = settings;
    }

    synchronized TaskDefinition register(RegisterTaskDefinitionRequest request, Instant now) {
        List<Compatibility> compatibilities = TaskDefinitionRules.check(request);
        List<TaskDefinition> revisions =
                revisionsByFamily.computeIfAbsent(request.family(), family -> new ArrayList<>());
        int revision = revisions.size() + 1;
        TaskDefinition definition = TaskDefinition.builder()
                .taskDefinitionArn(settings.arn("ecs", "task-definition/" + request.family() + ":" + revision))
                .family(request.family())
                .revision(revision)
                .status(TaskDefinitionStatus.ACTIVE)
                .networkMode(request.networkMode() == null ? NetworkMode.BRIDGE : request.networkMode())
                .containerDefinitions(request.containerDefinitions().stream()
                        .map(TaskDefinitions::withDefaults)
                        .toList())
                .taskRoleArn(request.taskRoleArn())
                .executionRoleArn(request.executionRoleArn())
                .requiresCompatibilities(request.requiresCompatibilities())
                .compatibilities(compatibilities)
                .runtimePlatform(request.runtimePlatform())
                .ephemeralStorage(request.ephemeralStorage())
                .cpu(request.cpu())
                .memory(request.memory())
                .registeredAt(now)
                .build();
        revisions.add(definition);
        return definition;
    }

    private static ContainerDefinition withDefaults(ContainerDefinition container) {
        return container.toBuilder()
                .essential(TaskDefinitionRules.isEssential(container))
                .cpu(container.cpu() == null ? 0 : container.cpu())
                .build();
    }

    /**
     * Finds a definition by {@code family} (its latest revision), {@code family:revision} or ARN.
     */
    synchronized Optional<TaskDefinition> find(String name) {
        String prefix = settings.arn("ecs", "task-definition/");
        Matcher matcher = NAME.matcher(name.startsWith(prefix) ? name.substring(prefix.length()) : name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<TaskDefinition> revisions = revisionsByFamily.getOrDefault(matcher.group("family"), List.of());
        String revision = matcher.group("revision");
        int number = revision == null ? revisions.size() : Integer.parseInt(revision);
        return number >= 1 && number <= revisions.size() ? Optional.of(revisions.get(number - 1)) : Optional.empty();
    }

    /** The families that begin with the prefix, in the order of the alphabet. */
    synchronized List<String> families(String prefix) {
        return revisionsByFamily.keySet().stream()
                .filter(family -> family.startsWith(prefix))
                .toList();
    }
}
