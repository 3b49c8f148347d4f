package dev.spillway.local.ecs;

import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;

/** Identifiers of the forms that AWS gives, from a seed. */
public final class Ids {

    private static final int RESOURCE_BYTES = 16;
    private static final int EC2_DIGITS = 17;

    private final Random random;

    public Ids(long seed) {
        this.random = new Random(seed);
    }

    /** 32 hexadecimal digits, as at the end of the ARN of a task or a container instance. */
    public String resource() {
        byte[] bytes = new byte[RESOURCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** {@code i-} and 17 hexadecimal digits. */
    public String ec2Instance() {
        return "i-" + resource().substring(0, EC2_DIGITS);
    }

    /** The id of a container, of an event, of a scaling activity. */
    public String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
