package dev.spillway.taskstate.stop;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What ECS says in words of a stop: the task's reason, and its containers'.
 *
 * <p>A reason is known by how it begins, never by what it contains: the text behind the name of an error quotes the
 * job's own command and image, and a job must not be able to declare its failure to be the infrastructure's.
 */
record StopWords(Stop stop) {

    /** Reasons that only repeat the stop code, without spaces and in lower case: a container's says more. */
    private static final Set<String> SAYS_NOTHING = Set.of("", "taskfailedtostart", "essentialcontainerintaskexited");

    boolean begin(List<String> beginnings) {
        return beginnings.stream().anyMatch(this::begin);
    }

    /** A container that has an exit code has run: its reason is then no error of the start. */
    boolean begin(String beginning) {
        return stop.stoppedReason().startsWith(beginning)
                || stop.essential().stream()
                        .anyMatch(e -> e.exitCode() == null && e.reason().startsWith(beginning));
    }

    Stream<String> all() {
        return Stream.concat(
                Stream.of(stop.stoppedReason()), stop.essential().stream().map(Stop.Exit::reason));
    }

    /** For the user: the task's reason, or a container's where the task's says nothing, or else the code. */
    String shown() {
        return all().filter(reason -> !saysNothing(reason))
                .findFirst()
                .or(() -> all().filter(reason -> !reason.isBlank()).findFirst())
                .orElse(stop.stopCode() == null ? "no reason given" : stop.stopCode());
    }

    private static boolean saysNothing(String reason) {
        return SAYS_NOTHING.contains(reason.replace(" ", "").toLowerCase(Locale.ROOT));
    }
}
