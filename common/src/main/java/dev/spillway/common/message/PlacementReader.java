package dev.spillway.common.message;

import static java.util.stream.Collectors.joining;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the placement of a message: ECS constraints and strategies, each as one text. */
final class PlacementReader {

    private static final String MEMBER_OF = "memberOf:";
    private static final String DISTINCT_INSTANCE = "distinctInstance";

    private PlacementReader() {}

    static Placement read(@Nullable Field field, List<CapacityType> chain) {
        Fields placement = field == null ? null : field.fields("an object with constraints and strategies");
        if (placement == null) {
            return Placement.ANYWHERE;
        }
        placement.allowOnly(Set.of("constraints", "strategies"));
        return new Placement(constraints(placement.get("constraints"), chain), strategies(placement.get("strategies")));
    }

    private static List<Placement.Constraint> constraints(@Nullable Field field, List<CapacityType> chain) {
        List<Placement.Constraint> constraints = new ArrayList<>();
        for (Field item : items(field, Placement.MAX_CONSTRAINTS, "constraints")) {
            if (item.value().equals(new Json.TextValue(DISTINCT_INSTANCE))) {
                constraints.add(new Placement.Constraint.DistinctInstance());
                continue;
            }
            String text = item.text(Form.MEMBER_OF);
            if (text != null) {
                constraints.add(new Placement.Constraint.MemberOf(text.substring(MEMBER_OF.length())));
            }
        }
        if (field != null && !constraints.isEmpty() && !chain.isEmpty()) {
            checkCanBeMet(field, chain);
        }
        return constraints;
    }

    private static void checkCanBeMet(Field field, List<CapacityType> chain) {
        if (chain.stream().noneMatch(CapacityType::isEc2)) {
            field.refuse(
                    "constraints with a chain of "
                            + chain.stream().map(CapacityType::name).collect(joining(", ")),
                    "an EC2 type in capacity: only container instances can meet a placement constraint");
        }
    }

    private static List<Placement.Strategy> strategies(@Nullable Field field) {
        List<Placement.Strategy> strategies = new ArrayList<>();
        for (Field item : items(field, Placement.MAX_STRATEGIES, "strategies")) {
            String text = item.text(Form.STRATEGY);
            if (text != null) {
                strategies.add(strategy(text));
            }
        }
        return strategies;
    }

    private static Placement.Strategy strategy(String text) {
        int colon = text.indexOf(':');
        String type = colon < 0 ? text : text.substring(0, colon);
        String field = colon < 0 ? "" : text.substring(colon + 1);
        return new Placement.Strategy(
                Placement.Strategy.Type.valueOf(type.toUpperCase(Locale.ROOT)),
                field.equals("host") ? "instanceId" : field);
    }

    private static List<Field> items(@Nullable Field field, int most, String what) {
        String wants = "an array of at most " + most + " " + what;
        List<Field> items = field == null ? null : field.items(wants);
        if (field == null || items == null) {
            return List.of();
        }
        if (items.size() > most) {
            field.refuse(wants);
        }
        return items;
    }

    /** The text of a constraint in a message. */
    static String text(Placement.Constraint constraint) {
        return switch (constraint) {
            case Placement.Constraint.MemberOf memberOf -> MEMBER_OF + memberOf.expression();
            case Placement.Constraint.DistinctInstance distinct -> DISTINCT_INSTANCE;
        };
    }

    /** The text of a strategy in a message. */
    static String text(Placement.Strategy strategy) {
        String type = strategy.type().name().toLowerCase(Locale.ROOT);
        return strategy.field().isEmpty() ? type : type + ":" + strategy.field();
    }
}
