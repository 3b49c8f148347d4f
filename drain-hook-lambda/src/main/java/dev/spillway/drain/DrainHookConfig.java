package dev.spillway.drain;

import dev.spillway.common.function.Environment;
import java.util.List;
import java.util.Map;

/**
 * What template.yaml tells the function.
 *
 * @param groups names of the Auto Scaling groups that it may act on
 * @param hook name of the lifecycle hook that each of them has
 * @param daemonFamilies families of task definitions whose tasks hold no instance; {@code *} stands for any characters
 */
record DrainHookConfig(String cluster, List<String> groups, String hook, List<String> daemonFamilies) {

    DrainHookConfig {
        groups = List.copyOf(groups);
        daemonFamilies = List.copyOf(daemonFamilies);
    }

    /**
     * Reads the function's environment.
     *
     * @throws IllegalStateException if anything in it is wrong, with all of it
     */
    static DrainHookConfig read(Map<String, String> variables) {
        Environment env = new Environment(variables);
        DrainHookConfig config = new DrainHookConfig(
                env.required("CLUSTER"),
                env.requiredList("AUTO_SCALING_GROUPS").stream().distinct().toList(),
                env.required("LIFECYCLE_HOOK"),
                env.list("DAEMON_FAMILIES"));
        env.check();
        return config;
    }
}
