package dev.spillway.local.ecs;

import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Which fields of a request the simulation understands. A parameter that were quietly ignored would let a product's
 * mistake pass here and surface on AWS.
 */
public final class KnownFields {

    private KnownFields() {}

    /**
     * Refuses a request that sets a field outside the given ones.
     *
     * @param what the name of the structure, for the message
     * @throws UnsupportedOperationException naming the field
     */
    public static void require(SdkPojo request, String what, Set<String> known) {
        for (SdkField<?> field : request.sdkFields()) {
            if (!known.contains(field.memberName()) && SdkJson.isSet(field.getValueOrDefault(request))) {
                throw new UnsupportedOperationException(what + "." + field.memberName() + " is not simulated");
            }
        }
    }
}
