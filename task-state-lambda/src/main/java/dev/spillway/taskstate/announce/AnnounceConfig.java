package dev.spillway.taskstate.announce;

import dev.spillway.common.function.Environment;
import java.util.Map;

/**
 * What template.yaml tells the function.
 *
 * @param eventBus name of the bus that changes are told on
 * @param cluster name of the cluster, by which events of several deployments are told apart
 */
record AnnounceConfig(String eventBus, String cluster) {

    /**
     * Reads the function's environment.
     *
     * @throws IllegalStateException if anything in it is wrong, with all of it
     */
    static AnnounceConfig read(Map<String, String> variables) {
        Environment env = new Environment(variables);
        AnnounceConfig config = new AnnounceConfig(env.required("EVENT_BUS_NAME"), env.required("CLUSTER"));
        env.check();
        return config;
    }
}
