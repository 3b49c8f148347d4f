package dev.spillway.drain;

import dev.spillway.common.ecs.EcsFailures;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Failure;

/** What ECS listed and then did not describe, although it may be there. */
final class Undescribed {

    private Undescribed() {}

    /** Of the failures of an answer, those that do not say that there is no such thing (any more). */
    static List<Failure> of(List<Failure> failures) {
        return failures.stream()
                .filter(failure -> !EcsFailures.isMissing(failure))
                .toList();
    }
}
