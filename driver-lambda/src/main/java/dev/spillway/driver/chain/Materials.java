package dev.spillway.driver.chain;

import dev.spillway.common.ecs.TaskDefinitionFacts;
import dev.spillway.common.ecs.TaskDefinitions;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.TaskRequest;
import java.time.Instant;
import java.util.stream.Collectors;

/** Looks up what a request names. */
public final class Materials {

    private final TaskDefinitions definitions;

    public Materials(TaskDefinitions definitions) {
        this.definitions = definitions;
    }

    /** What is known of the request's task definition now. */
    public Material of(TaskRequest request, Instant now) {
        ContainerWork work = request.container();
        if (work == null) {
            return new Material.Ready(null, null);
        }
        return switch (definitions.find(work.taskDefinition(), now)) {
            case TaskDefinitions.Lookup.Found found -> matching(work, found.facts());
            case TaskDefinitions.Lookup.NotFound missing -> new Material.Missing(missing.why());
        };
    }

    private static Material matching(ContainerWork work, TaskDefinitionFacts definition) {
        if (definition.target(work.container()).isEmpty()) {
            String names = definition.containers().stream()
                    .map(TaskDefinitionFacts.Container::name)
                    .collect(Collectors.joining(", "));
            return new Material.Contradiction("container: got \"" + work.container() + "\", wants one of the task "
                    + "definition's containers: " + names);
        }
        return new Material.Ready(definition, definition.sizeOf(work));
    }
}
