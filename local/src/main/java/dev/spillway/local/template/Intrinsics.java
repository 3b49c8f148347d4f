package dev.spillway.local.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Resolves the intrinsic functions of CloudFormation that the template uses (AWS CloudFormation template reference,
 * "Intrinsic functions"). One that is not known here is an error with its line, so that nothing is resolved differently
 * from the deployed stack without anybody noticing.
 */
final class Intrinsics {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]*)}");

    private final References references;

    Intrinsics(References references) {
        this.references = references;
    }

    /** The value of a node with every function in it resolved. */
    Value resolve(Node node) {
        Optional<FunctionCall> call = FunctionCall.of(node);
        return call.isPresent() ? evaluate(call.get()) : content(node);
    }

    /** The value of a node that must be a scalar. */
    String text(Node node) {
        if (resolve(node) instanceof Value.Text text) {
            return text.text();
        }
        throw new TemplateException(Yaml.line(node), "a text is expected here.");
    }

    /** The value of a node that must be a condition. */
    boolean holds(Node node) {
        FunctionCall call = conditionCall(node);
        return switch (call.name()) {
            case "Condition" -> references.condition(Yaml.text(call.argument()), call.line());
            case "Fn::Equals" -> {
                List<Node> sides = arguments(call, 2, 2);
                yield text(sides.get(0)).equals(text(sides.get(1)));
            }
            case "Fn::Not" -> !holds(arguments(call, 1, 1).getFirst());
            case "Fn::And" -> arguments(call, 2, 10).stream().allMatch(this::holds);
            case "Fn::Or" -> arguments(call, 2, 10).stream().anyMatch(this::holds);
            default -> throw new TemplateException(call.line(), "%s is no condition.".formatted(call.name()));
        };
    }

    private static FunctionCall conditionCall(Node node) {
        Optional<FunctionCall> call = FunctionCall.of(node);
        if (call.isPresent()) {
            return call.get();
        }
        Map<String, Node> entries = Yaml.entries(node);
        Node named = entries.get("Condition");
        if (entries.size() == 1 && named != null) {
            return new FunctionCall("Condition", named);
        }
        throw new TemplateException(Yaml.line(node), "a condition is expected here.");
    }

    private Value content(Node node) {
        int line = Yaml.line(node);
        if (node instanceof ScalarNode scalar) {
            return new Value.Text(scalar.getValue(), Yaml.kind(scalar), line);
        }
        if (node instanceof SequenceNode) {
            return new Value.Items(
                    Yaml.items(node).stream()
                            .map(this::resolve)
                            .filter(Intrinsics::isSomething)
                            .toList(),
                    line);
        }
        Map<String, Value> fields = new LinkedHashMap<>();
        Yaml.entries(node).forEach((key, child) -> {
            Value value = resolve(child);
            if (isSomething(value)) {
                fields.put(key, value);
            }
        });
        return new Value.Fields(fields, line);
    }

    private static boolean isSomething(Value value) {
        return !(value instanceof Value.Nothing);
    }

    private Value evaluate(FunctionCall call) {
        return switch (call.name()) {
            case "Ref" -> ref(Yaml.text(call.argument()), call.line());
            case "Fn::GetAtt" -> string(getAtt(call), call);
            case "Fn::Sub" -> string(sub(call), call);
            case "Fn::Join" -> string(join(call), call);
            case "Fn::Select" -> select(call);
            case "Fn::Split" -> split(call);
            // Only user data is encoded, and what reads it here wants the text.
            case "Fn::Base64" -> resolve(call.argument());
            case "Fn::If" -> {
                List<Node> parts = arguments(call, 3, 3);
                yield resolve(references.condition(Yaml.text(parts.get(0)), call.line()) ? parts.get(1) : parts.get(2));
            }
            default ->
                throw new TemplateException(
                        call.line(), "the function %s is not known to the local system.".formatted(call.name()));
        };
    }

    private Value ref(String name, int line) {
        if (name.equals("AWS::NoValue")) {
            return new Value.Nothing(line);
        }
        return references
                .ref(name, line)
                .orElseThrow(() -> new TemplateException(
                        line,
                        "%s names no parameter, pseudo parameter or resource that is known here.".formatted(name)));
    }

    private String getAtt(FunctionCall call) {
        if (call.argument() instanceof SequenceNode) {
            List<Node> parts = arguments(call, 2, 2);
            return attribute(Yaml.text(parts.get(0)), Yaml.text(parts.get(1)), call.line());
        }
        return dotted(Yaml.text(call.argument()), call.line());
    }

    private String dotted(String name, int line) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            throw new TemplateException(line, "%s names no attribute.".formatted(name));
        }
        return attribute(name.substring(0, dot), name.substring(dot + 1), line);
    }

    private String attribute(String resource, String attribute, int line) {
        return references
                .attribute(resource, attribute)
                .orElseThrow(() -> new TemplateException(
                        line,
                        "%s.%s names no resource and attribute that are known here.".formatted(resource, attribute)));
    }

    private String sub(FunctionCall call) {
        Map<String, Node> own = Map.of();
        String text;
        if (call.argument() instanceof SequenceNode) {
            List<Node> parts = arguments(call, 2, 2);
            text = Yaml.text(parts.get(0));
            own = Yaml.entries(parts.get(1));
        } else {
            text = Yaml.text(call.argument());
        }
        StringBuilder result = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        while (placeholder.find()) {
            String replacement = placeholder.group(1).isEmpty()
                    ? substituted(placeholder.group(2).strip(), own, call.line())
                    : "${" + placeholder.group(2) + "}";
            placeholder.appendReplacement(result, Matcher.quoteReplacement(replacement));
        }
        return placeholder.appendTail(result).toString();
    }

    private String substituted(String name, Map<String, Node> own, int line) {
        Node given = own.get(name);
        if (given != null) {
            return text(given);
        }
        if (name.contains(".")) {
            return dotted(name, line);
        }
        if (ref(name, line) instanceof Value.Text text) {
            return text.text();
        }
        throw new TemplateException(line, "${%s} is no text.".formatted(name));
    }

    private String join(FunctionCall call) {
        List<Node> parts = arguments(call, 2, 2);
        return texts(list(parts.get(1))).stream().collect(Collectors.joining(Yaml.text(parts.get(0))));
    }

    private Value select(FunctionCall call) {
        List<Node> parts = arguments(call, 2, 2);
        List<Value> items = list(parts.get(1)).values();
        String index = text(parts.get(0));
        if (!index.matches("\\d{1,6}") || Integer.parseInt(index) >= items.size()) {
            throw new TemplateException(
                    call.line(), "the list has %d elements and none at %s.".formatted(items.size(), index));
        }
        return items.get(Integer.parseInt(index));
    }

    private Value split(FunctionCall call) {
        List<Node> parts = arguments(call, 2, 2);
        List<Value> items = new ArrayList<>();
        for (String item : text(parts.get(1)).split(Pattern.quote(Yaml.text(parts.get(0))), -1)) {
            items.add(new Value.Text(item, Value.Kind.STRING, call.line()));
        }
        return new Value.Items(items, call.line());
    }

    private Value.Items list(Node node) {
        if (resolve(node) instanceof Value.Items items) {
            return items;
        }
        throw new TemplateException(Yaml.line(node), "a list is expected here.");
    }

    private static List<String> texts(Value.Items items) {
        return items.values().stream()
                .map(item -> {
                    if (item instanceof Value.Text text) {
                        return text.text();
                    }
                    throw new TemplateException(item.line(), "a text is expected here.");
                })
                .toList();
    }

    private static List<Node> arguments(FunctionCall call, int least, int most) {
        List<Node> arguments = Yaml.items(call.argument());
        if (arguments.size() < least || arguments.size() > most) {
            throw new TemplateException(
                    call.line(), "%s does not take %d arguments.".formatted(call.name(), arguments.size()));
        }
        return arguments;
    }

    private static Value string(String text, FunctionCall call) {
        return new Value.Text(text, Value.Kind.STRING, call.line());
    }
}
