package dev.spillway.local.template;

import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * An intrinsic function in the template, whichever way it is written: {@code !Sub x} or {@code Fn::Sub: x}.
 *
 * @param name the long name, for example {@code Fn::Sub}; also {@code Ref} and {@code Condition}
 * @param argument its argument; if the short form was used, the node's tag is the function and means nothing more
 */
record FunctionCall(String name, Node argument) {

    /** The call that a node is, if it is one. */
    static Optional<FunctionCall> of(Node node) {
        String tag = node.getTag().getValue();
        if (tag.startsWith("!")) {
            String name = tag.substring(1);
            boolean bare = name.equals("Ref") || name.equals("Condition");
            return Optional.of(new FunctionCall(bare ? name : "Fn::" + name, node));
        }
        if (node instanceof MappingNode mapping && mapping.getValue().size() == 1) {
            Map.Entry<String, Node> only =
                    Yaml.entries(node).entrySet().iterator().next();
            if (only.getKey().equals("Ref") || only.getKey().startsWith("Fn::")) {
                return Optional.of(new FunctionCall(only.getKey(), only.getValue()));
            }
        }
        return Optional.empty();
    }

    int line() {
        return Yaml.line(argument);
    }
}
