package dev.spillway.spotfallback;

import dev.spillway.common.function.Environment;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What template.yaml tells the function.
 *
 * @param spotFleet id of a Spot Fleet request
 * @param spotGroup name of a Spot Auto Scaling group; at least one of the two is there
 * @param onDemandGroup name of the Auto Scaling group that stands in
 * @param weight capacity units that one on-demand instance stands for
 * @param quiet how long a Spot target must have been the same before anything is done
 */
record SpotFallbackConfig(
        Optional<String> spotFleet, Optional<String> spotGroup, String onDemandGroup, double weight, Duration quiet) {

    /**
     * Reads the function's environment.
     *
     * @throws IllegalStateException if anything in it is wrong, with all of it
     */
    static SpotFallbackConfig read(Map<String, String> variables) {
        Environment env = new Environment(variables);
        SpotFallbackConfig config = new SpotFallbackConfig(
                env.optional("SPOT_FLEET_ID"),
                env.optional("SPOT_GROUP"),
                env.required("ON_DEMAND_GROUP"),
                env.positive("SPOT_WEIGHT", 1),
                Duration.ofMinutes(env.integer("QUIET_MINUTES", 10, 1, 180)));
        if (config.spotFleet.isEmpty() && config.spotGroup.isEmpty()) {
            env.wrong("SPOT_FLEET_ID or SPOT_GROUP has to be there");
        }
        if (config.spotGroup.filter(config.onDemandGroup::equals).isPresent()) {
            env.wrong("SPOT_GROUP and ON_DEMAND_GROUP are the same");
        }
        env.check();
        return config;
    }
}
