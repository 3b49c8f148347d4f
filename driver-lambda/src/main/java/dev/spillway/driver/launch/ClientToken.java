package dev.spillway.driver.launch;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The client token of a launch. RunTask answers a token that it has seen with its first answer, a refusal included (ECS
 * developer guide, "Ensuring idempotency"). So the same launch, asked again after a crash, cannot start a second task,
 * and a new try needs a new launch number.
 */
final class ClientToken {

    private ClientToken() {}

    /** 64 hexadecimal digits: the most that ECS takes. */
    static String of(TaskId taskId, int launch, CapacityType capacityType) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            String identity = taskId.value() + "\n" + launch + "\n" + capacityType.name();
            return HexFormat.of().formatHex(sha256.digest(identity.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
