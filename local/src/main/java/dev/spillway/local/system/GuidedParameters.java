package dev.spillway.local.system;

import dev.spillway.local.ecs.InstanceType;
import java.util.HashMap;
import java.util.Map;

/** What a person would answer to {@code sam deploy --guided}. */
final class GuidedParameters {

    private GuidedParameters() {}

    /**
     * The parameters of the template. Every second instance is a Spot Instance.
     *
     * @throws SystemStartException if there is no such instance type
     */
    static Map<String, String> of(SystemOptions options) {
        InstanceType type = LocalCompute.instanceType(options);
        int onDemand = options.instances() / 2;
        int spot = options.instances() - onDemand;
        Map<String, String> parameters = new HashMap<>(options.parameters());
        parameters.put("Subnets", "subnet-local");
        parameters.put("InstanceType", type.name());
        parameters.put("SecondSpotInstanceType", "");
        parameters.put("ThirdSpotInstanceType", "");
        parameters.put("LargestInstanceCpu", Integer.toString(type.cpu()));
        parameters.put("LargestInstanceMemory", Integer.toString(type.memory()));
        parameters.put("SpotMinSize", Integer.toString(spot));
        parameters.put("SpotMaxSize", Integer.toString(spot));
        parameters.put("OnDemandMinSize", Integer.toString(onDemand));
        parameters.put("OnDemandMaxSize", Integer.toString(onDemand));
        return parameters;
    }
}
