package dev.spillway.driver;

import dev.spillway.common.ecs.TaskDefinitionFacts;
import dev.spillway.common.function.NameList;
import dev.spillway.common.message.FieldError;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.FunctionWork;
import dev.spillway.common.task.TaskRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * What the deployment lets messages run: without it, whoever may send a message could run any task definition of the
 * account with that definition's role.
 */
final class AllowList {

    private final NameList families;
    private final NameList functions;

    /**
     * @param families families of task definitions; {@code *} stands for any characters
     * @param functions names of Lambda functions, in the same way
     */
    AllowList(List<String> families, List<String> functions) {
        this.families = new NameList(families);
        this.functions = new NameList(functions);
    }

    /** What of the request is not allowed; empty if all is. */
    List<FieldError> forbidden(TaskRequest request) {
        List<FieldError> errors = new ArrayList<>();
        ContainerWork container = request.container();
        if (container != null && !families.includes(TaskDefinitionFacts.familyOf(container.taskDefinition()))) {
            errors.add(new FieldError(
                    "taskDefinition", quoted(container.taskDefinition()), wants("TaskDefinitions", families)));
        }
        FunctionWork function = request.function();
        if (function != null && !functions.includes(functionName(function.function()))) {
            errors.add(new FieldError("function", quoted(function.function()), wants("Functions", functions)));
        }
        return errors;
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String wants(String parameter, NameList allowed) {
        return allowed.globs().isEmpty()
                ? "nothing: the deployment's parameter " + parameter + " is empty"
                : "one that the deployment allows (parameter " + parameter + "): " + String.join(", ", allowed.globs());
    }

    /** {@code name}, {@code name:alias}, or {@code arn:aws:lambda:region:account:function:name[:alias]}. */
    private static String functionName(String reference) {
        String[] parts = reference.split(":", -1);
        return parts.length > 6 ? parts[6] : parts[0];
    }
}
