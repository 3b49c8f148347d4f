package dev.spillway.drain.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads events. One that is about something else, or is not as AWS documents it, is {@link Event.Ignored} and says why: what
 * it might have told, the next look at all groups finds out. Whatever is no event about an instance is a wake-up.
 */
public final class EventReader {

    /** The id becomes a part of an expression in ECS's query language. */
    private static final Pattern INSTANCE_ID = Pattern.compile("i-[0-9a-zA-Z]{1,64}");

    private static final int ACCOUNT = 4;

    private final Set<String> groups;
    private final String hook;
    private final String account;

    /**
     * @param groups names of the Auto Scaling groups that the function may act on
     * @param hook name of their lifecycle hook
     * @param cluster name or ARN of the cluster; only an ARN tells events of another account apart, but their instances
     *     are in none of the groups and not in the cluster either
     */
    public EventReader(Collection<String> groups, String hook, String cluster) {
        this.groups = Set.copyOf(groups);
        this.hook = hook;
        String[] arn = cluster.split(":", -1);
        this.account = arn.length > ACCOUNT ? arn[ACCOUNT] : "";
    }

    /** Reads one event. */
    public Event read(JsonNode event) {
        return switch (event.path("source").asText() + ": "
                + event.path("detail-type").asText()) {
            case "aws.autoscaling: EC2 Instance-terminate Lifecycle Action" -> ours(event, this::terminating);
            case "aws.ec2: EC2 Spot Instance Interruption Warning" ->
                ours(event, detail -> spotNotice(detail, Event.SpotNotice::new));
            case "aws.ec2: EC2 Instance Rebalance Recommendation" ->
                ours(event, detail -> spotNotice(detail, Event.Rebalance::new));
            default -> new Event.WakeUp();
        };
    }

    private Event ours(JsonNode event, Function<JsonNode, Event> read) {
        boolean foreign = !account.isEmpty() && !account.equals(text(event, "account"));
        return foreign ? new Event.Ignored("an instance of another account") : read.apply(event.path("detail"));
    }

    private Event terminating(JsonNode detail) {
        String group = text(detail, "AutoScalingGroupName");
        String instanceId = instanceId(detail, "EC2InstanceId");
        String itsHook = text(detail, "LifecycleHookName");
        if (group == null || itsHook == null || instanceId == null) {
            return new Event.Ignored("a lifecycle action without a group, a hook or an instance");
        }
        if (!groups.contains(group)) {
            return new Event.Ignored("an instance of another group");
        }
        return itsHook.equals(hook)
                ? new Event.Terminating(group, instanceId)
                : new Event.Ignored("the lifecycle action of another hook");
    }

    private static Event spotNotice(JsonNode detail, Function<String, Event> about) {
        String instanceId = instanceId(detail, "instance-id");
        return instanceId == null ? new Event.Ignored("a Spot notice without an instance") : about.apply(instanceId);
    }

    private static @Nullable String instanceId(JsonNode detail, String field) {
        String text = text(detail, field);
        return text != null && INSTANCE_ID.matcher(text).matches() ? text : null;
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : null;
    }
}
