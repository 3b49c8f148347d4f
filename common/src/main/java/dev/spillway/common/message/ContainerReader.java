package dev.spillway.common.message;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.Placement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the task definition of a message, and what the message changes of it. */
final class ContainerReader {

    /** The container overrides that Spillway sets itself begin so: the task id and the number of the attempt. */
    static final String RESERVED_ENVIRONMENT = "SPILLWAY_";

    /** The model of ECS, RunTask, {@code tags}. */
    static final int MAX_TAGS = 50;

    /** Largest CPU of an ECS task on EC2: 192 vCPU (ECS developer guide, "Task size"). */
    private static final int MAX_CPU = 196_608;

    /** Docker accepts no container with less (ECS API reference, ContainerDefinition, {@code memory}). */
    private static final int MIN_MEMORY = 6;

    /** 24 TiB, the memory of the largest EC2 instances. */
    private static final int MAX_MEMORY = 25_165_824;

    private static final List<String> FIELDS =
            List.of("container", "command", "environment", "cpu", "memory", "placement", "tags");

    private ContainerReader() {}

    /** The work; null where there is none or where something is wrong with it. */
    static @Nullable ContainerWork read(Fields message, List<CapacityType> chain) {
        Field taskDefinition = message.get("taskDefinition");
        if (taskDefinition == null) {
            refuseAll(message);
            return null;
        }
        int errorsBefore = message.errors().count();
        String definition = taskDefinition.text(Form.TASK_DEFINITION);
        Field container = message.get("container");
        String name = container == null ? null : container.text(Form.CONTAINER);
        List<String> command = command(message.get("command"));
        Map<String, String> environment = environment(message.get("environment"));
        Integer cpu = cpu(message.get("cpu"));
        Integer memory = memory(message.get("memory"));
        Placement placement = PlacementReader.read(message.get("placement"), chain);
        Map<String, String> tags = tags(message.get("tags"));
        return definition == null || message.errors().count() > errorsBefore
                ? null
                : new ContainerWork(definition, name, command, environment, cpu, memory, placement, tags);
    }

    /** A message without function either has that one error: what its other fields are for is not known yet. */
    private static void refuseAll(Fields message) {
        if (!message.has("function")) {
            return;
        }
        for (String name : FIELDS) {
            Field field = message.get(name);
            if (field != null) {
                field.asSecret().refuse("it left out, or a task definition that it is for");
            }
        }
    }

    private static @Nullable List<String> command(@Nullable Field field) {
        if (field == null) {
            return null;
        }
        String wants = "an array of one or more strings";
        List<Field> items = field.asSecret().items(wants);
        if (items == null) {
            return null;
        }
        if (items.isEmpty()) {
            field.refuse(wants);
        }
        List<String> command = new ArrayList<>();
        for (Field item : items) {
            String argument = item.text(Form.ARGUMENT);
            if (argument != null) {
                command.add(argument);
            }
        }
        return command;
    }

    private static Map<String, String> environment(@Nullable Field field) {
        Map<String, String> environment = new HashMap<>();
        Fields variables = field == null ? null : field.asSecret().fields("an object of strings by name");
        if (variables == null) {
            return environment;
        }
        for (Fields.Entry variable : variables.all()) {
            if (!Form.ENVIRONMENT_NAME.accepts(variable.name())) {
                variable.field()
                        .refuse(
                                Shown.quoted(Shown.name(variable.name())) + " as a name",
                                Form.ENVIRONMENT_NAME.wants());
            }
            if (variable.name().startsWith(RESERVED_ENVIRONMENT)) {
                variable.field()
                        .refuse(
                                "a reserved name",
                                "another one: those that begin with " + RESERVED_ENVIRONMENT + " are set by Spillway");
            }
            String value = variable.field().text(Form.ARGUMENT);
            if (value != null) {
                environment.put(variable.name(), value);
            }
        }
        return environment;
    }

    private static @Nullable Integer cpu(@Nullable Field field) {
        return field == null
                ? null
                : field.wholeNumber(
                        1, MAX_CPU, "a whole number of CPU units from 1 to " + MAX_CPU + " (1024 = 1 vCPU)");
    }

    private static @Nullable Integer memory(@Nullable Field field) {
        return field == null
                ? null
                : field.wholeNumber(
                        MIN_MEMORY, MAX_MEMORY, "a whole number of MiB from " + MIN_MEMORY + " to " + MAX_MEMORY);
    }

    private static Map<String, String> tags(@Nullable Field field) {
        Map<String, String> tags = new HashMap<>();
        Fields named = field == null ? null : field.fields("an object of strings by key");
        if (field == null || named == null) {
            return tags;
        }
        List<Fields.Entry> all = named.all();
        if (all.size() > MAX_TAGS) {
            field.refuse(all.size() + " tags", "at most " + MAX_TAGS);
        }
        for (Fields.Entry tag : all) {
            if (!Form.TAG_KEY.accepts(tag.name())) {
                tag.field().refuse(Shown.quoted(tag.name()) + " as a key", Form.TAG_KEY.wants());
            }
            String value = tag.field().text(Form.TAG_VALUE);
            if (value != null) {
                tags.put(tag.name(), value);
            }
        }
        return tags;
    }
}
