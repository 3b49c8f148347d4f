package dev.spillway.common.message;

import static java.util.stream.Collectors.joining;

import dev.spillway.common.task.CapacityType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a task may run on. The chain that comes out holds only what the message can use, and uses everything that
 * the message names: a function that no link of the chain would ever invoke is a mistake that would go unnoticed.
 */
final class ChainReader {

    private static final Map<String, CapacityType> CAPACITY_TYPES =
            Arrays.stream(CapacityType.values()).collect(Collectors.toMap(CapacityType::name, Function.identity()));

    private static final String CAPACITY_WANTS = "one of "
            + Arrays.stream(CapacityType.values()).map(CapacityType::name).collect(joining(", "));

    private ChainReader() {}

    /** What may look for a place for the task. */
    private enum Processor {
        AUTO,
        ECS,
        LAMBDA
    }

    /** The chain; empty where it cannot be told, which is then an error. */
    static List<CapacityType> read(Fields message) {
        Processor processor = processor(message.get("processor"));
        Field container = message.get("taskDefinition");
        Field function = message.get("function");
        checkNamed(message, processor, container, function);

        boolean onEcs = container != null && processor != Processor.LAMBDA;
        boolean onLambda = function != null && processor != Processor.ECS;
        Field capacity = message.get("capacity");
        if (capacity == null) {
            return defaultChain(onEcs, onLambda);
        }
        List<CapacityType> chain = named(capacity, onEcs, onLambda);
        if (!chain.isEmpty()) {
            checkUsed(chain, onEcs ? container : null, onLambda ? function : null);
        }
        return chain;
    }

    private static Processor processor(@Nullable Field field) {
        Processor processor = field == null
                ? null
                : field.oneOf(
                        Map.of("auto", Processor.AUTO, "ecs", Processor.ECS, "lambda", Processor.LAMBDA),
                        "auto, ecs or lambda");
        return processor == null ? Processor.AUTO : processor;
    }

    private static void checkNamed(
            Fields message, Processor processor, @Nullable Field container, @Nullable Field function) {
        switch (processor) {
            case AUTO -> {
                if (container == null && function == null) {
                    message.require("taskDefinition", "a task definition here, or a Lambda function in function");
                }
            }
            case ECS -> {
                message.require("taskDefinition", "a task definition, because processor is ecs");
                if (function != null) {
                    function.refuse("no function, because processor is ecs");
                }
            }
            case LAMBDA -> {
                message.require("function", "a Lambda function, because processor is lambda");
                if (container != null) {
                    container.refuse("no task definition, because processor is lambda");
                }
            }
        }
    }

    private static List<CapacityType> defaultChain(boolean onEcs, boolean onLambda) {
        List<CapacityType> chain = new ArrayList<>();
        if (onLambda) {
            chain.add(CapacityType.LAMBDA);
        }
        if (onEcs) {
            chain.add(CapacityType.EC2);
            chain.add(CapacityType.FARGATE);
        }
        return chain;
    }

    /** EC2 beside EC2_SPOT is no repetition: Spot first, then any instance. */
    private static List<CapacityType> named(Field capacity, boolean onEcs, boolean onLambda) {
        String wants = "an array of one or more different capacity types";
        List<Field> items = capacity.items(wants);
        if (items == null) {
            return List.of();
        }
        if (items.isEmpty()) {
            capacity.refuse(wants);
        }
        Set<CapacityType> seen = EnumSet.noneOf(CapacityType.class);
        List<CapacityType> chain = new ArrayList<>();
        for (Field item : items) {
            CapacityType type = item.oneOf(CAPACITY_TYPES, CAPACITY_WANTS);
            if (type == null) {
                continue;
            }
            if (!seen.add(type)) {
                item.refuse(type + " a second time", "every capacity type once");
            } else if (type == CapacityType.LAMBDA && onEcs && !onLambda) {
                item.refuse("only EC2 and Fargate types: the message has no function for LAMBDA");
            } else if (type != CapacityType.LAMBDA && onLambda && !onEcs) {
                item.refuse("only LAMBDA: the message has no task definition for " + type);
            } else {
                chain.add(type);
            }
        }
        return chain;
    }

    private static void checkUsed(List<CapacityType> chain, @Nullable Field container, @Nullable Field function) {
        boolean lambda = chain.contains(CapacityType.LAMBDA);
        if (function != null && container != null && !lambda) {
            function.refuse("LAMBDA in capacity, or no function: this chain never invokes it");
        }
        if (container != null && function != null && lambda && chain.size() == 1) {
            container.refuse("an EC2 or Fargate type in capacity, or no task definition: this chain never runs it");
        }
    }
}
