package dev.spillway.local.template;

import java.time.Duration;
import java.util.Set;

/** Reads an {@code AWS::AutoScaling::LifecycleHook}; what is left out has the default of Auto Scaling. */
final class LifecycleHookReader {

    private static final int DEFAULT_HEARTBEAT_SECONDS = 3600;
    private static final String TERMINATING = "autoscaling:EC2_INSTANCE_TERMINATING";
    private static final Set<String> KNOWN = Set.of(
            "AutoScalingGroupName", "LifecycleHookName", "LifecycleTransition", "HeartbeatTimeout", "DefaultResult");

    private LifecycleHookReader() {}

    static LifecycleHookResource read(Resource resource, Properties properties) {
        properties.only(KNOWN);
        if (!properties.requiredText("LifecycleTransition").equals(TERMINATING)) {
            throw new TemplateException(
                    properties.line(), "%s: only %s is known here.".formatted(resource.logicalId(), TERMINATING));
        }
        return new LifecycleHookResource(
                resource.logicalId(),
                resource.name(),
                properties.requiredText("AutoScalingGroupName"),
                Duration.ofSeconds(properties.integer("HeartbeatTimeout", DEFAULT_HEARTBEAT_SECONDS)),
                properties.text("DefaultResult").orElse("ABANDON").equals("CONTINUE"));
    }
}
