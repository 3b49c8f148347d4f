package dev.spillway.local.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/** The values of the template's parameters: those handed in, otherwise the defaults. */
final class Parameters {

    private Parameters() {}

    /**
     * Reads the {@code Parameters} section.
     *
     * @throws TemplateException if a value is missing or not allowed, or if one was handed in for no parameter
     */
    static Map<String, Value> read(Map<String, Node> section, Map<String, String> given) {
        Map<String, Value> values = new LinkedHashMap<>();
        section.forEach((name, declaration) -> values.put(name, value(name, declaration, given)));
        given.keySet().stream().filter(name -> !section.containsKey(name)).forEach(name -> {
            throw new TemplateException("The template has no parameter %s; it has %s."
                    .formatted(name, String.join(", ", section.keySet())));
        });
        return values;
    }

    private static Value value(String name, Node declaration, Map<String, String> given) {
        Map<String, Node> properties = Yaml.entries(declaration);
        int line = Yaml.line(declaration);
        Node fallback = properties.get("Default");
        String text = given.get(name);
        if (text == null) {
            if (fallback == null) {
                throw new TemplateException(line, "the parameter %s has no default and needs a value.".formatted(name));
            }
            text = Yaml.text(fallback);
        }
        checkAllowed(name, text, properties, line);
        return typed(name, text, properties, line);
    }

    private static void checkAllowed(String name, String text, Map<String, Node> properties, int line) {
        Node allowed = properties.get("AllowedValues");
        if (allowed != null) {
            List<String> values = Yaml.items(allowed).stream().map(Yaml::text).toList();
            if (!values.contains(text)) {
                throw new TemplateException(
                        line,
                        "the parameter %s is %s; allowed are %s.".formatted(name, text, String.join(", ", values)));
            }
        }
        Node pattern = properties.get("AllowedPattern");
        if (pattern != null && !text.matches(Yaml.text(pattern))) {
            throw new TemplateException(
                    line, "the parameter %s is %s, which does not match %s.".formatted(name, text, Yaml.text(pattern)));
        }
    }

    private static Value typed(String name, String text, Map<String, Node> properties, int line) {
        Node type = properties.get("Type");
        return switch (type == null ? "none" : Yaml.text(type)) {
            case "String" -> new Value.Text(text, Value.Kind.STRING, line);
            case "Number" -> number(name, text, line);
            // There is no VPC here to look the subnets up in.
            case "CommaDelimitedList", "List<AWS::EC2::Subnet::Id>" -> list(text, line);
            // There is no parameter store here; that the value is read from there says the type, and its name will do.
            case "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>" -> new Value.Text(text, Value.Kind.STRING, line);
            default ->
                throw new TemplateException(
                        line,
                        "the type of the parameter %s is not known here: String, Number, CommaDelimitedList are."
                                .formatted(name));
        };
    }

    private static Value number(String name, String text, int line) {
        if (!text.matches("-?\\d+(\\.\\d+)?")) {
            throw new TemplateException(line, "the parameter %s is %s, which is no number.".formatted(name, text));
        }
        return new Value.Text(text, Value.Kind.NUMBER, line);
    }

    private static Value list(String text, int line) {
        List<Value> items = new ArrayList<>();
        if (!text.isBlank()) {
            for (String item : text.split(",", -1)) {
                items.add(new Value.Text(item.strip(), Value.Kind.STRING, line));
            }
        }
        return new Value.Items(items, line);
    }
}
