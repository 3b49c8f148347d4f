package dev.spillway.local.template;

import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads YAML as nodes, which keep their lines and the short forms of functions ({@code !Ref}) as tags. */
final class Yaml {

    private Yaml() {}

    static Node read(Reader reader) {
        try {
            Node root = new org.yaml.snakeyaml.Yaml(new LoaderOptions()).compose(reader);
            if (root == null) {
                throw new TemplateException(1, "the file is empty.");
            }
            return root;
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new TemplateException(line, "this is not YAML: " + e.getProblem() + ".");
        }
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /** The entries of an object in order; a key that comes twice is an error. */
    static Map<String, Node> entries(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            throw new TemplateException(line(node), "an object is expected here.");
        }
        Map<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode());
            if (entries.put(key, tuple.getValueNode()) != null) {
                throw new TemplateException(line(tuple.getKeyNode()), "%s comes twice.".formatted(key));
            }
        }
        return entries;
    }

    /** The entries of an object that may be absent. */
    static Map<String, Node> entriesOrNone(@Nullable Node node) {
        return node == null ? Map.of() : entries(node);
    }

    static Node required(Node mapping, String key) {
        Node value = entries(mapping).get(key);
        if (value == null) {
            throw new TemplateException(line(mapping), "%s is missing here.".formatted(key));
        }
        return value;
    }

    static List<Node> items(Node node) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        throw new TemplateException(line(node), "a list is expected here.");
    }

    static String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new TemplateException(line(node), "a plain value is expected here.");
    }

    static Value.Kind kind(ScalarNode scalar) {
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return Value.Kind.NUMBER;
        }
        if (tag.equals(Tag.BOOL)) {
            return Value.Kind.BOOLEAN;
        }
        return tag.equals(Tag.NULL) ? Value.Kind.NULL : Value.Kind.STRING;
    }
}
