package dev.spillway.common.message;

import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What to say to somebody who used a field that a message does not have. */
final class UnknownField {

    /**
     * Fields of RunTask and of service definitions with which a message would choose its own rights, its network or its
     * cluster. In lower case without separators, so that no spelling gets another answer.
     */
    private static final Set<String> DEPLOYMENT_ONLY = Set.of(
            "assignpublicip",
            "awsvpcconfiguration",
            "capacityproviderstrategy",
            "cluster",
            "clusterarn",
            "containeroverrides",
            "enableexecutecommand",
            "executionrole",
            "executionrolearn",
            "iamrole",
            "launchtype",
            "network",
            "networkconfiguration",
            "networkmode",
            "overrides",
            "role",
            "rolearn",
            "securitygroup",
            "securitygroups",
            "subnet",
            "subnets",
            "taskrole",
            "taskrolearn",
            "vpcconfig");

    private static final Pattern SEPARATORS = Pattern.compile("[_ .-]");

    /** Beyond this, the nearest name is a guess that helps nobody. */
    private static final int MAX_DISTANCE = 2;

    private static final int MAX_COMPARED = 40;

    private UnknownField() {}

    static String wants(String name, Set<String> known) {
        if (name.length() > MAX_COMPARED) {
            return "only " + list(known);
        }
        if (DEPLOYMENT_ONLY.contains(folded(name))) {
            return "it left out: a message cannot set roles, networks or the cluster; the deployment does";
        }
        String near = nearest(name, known);
        return near == null ? "only " + list(known) : "it left out, or \"" + near + "\" if that is meant";
    }

    private static String list(Set<String> known) {
        return String.join(", ", new TreeSet<>(known));
    }

    private static @Nullable String nearest(String name, Set<String> known) {
        String folded = folded(name);
        return known.stream()
                .filter(candidate -> distance(folded, folded(candidate)) <= Math.min(MAX_DISTANCE, folded.length() / 2))
                .min(Comparator.comparingInt((String candidate) -> distance(folded, folded(candidate)))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(null);
    }

    private static String folded(String name) {
        return SEPARATORS.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    }

    /** Levenshtein: how many characters have to be put in, left out or changed. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j - 1], diagonal));
            }
        }
        return row[b.length()];
    }
}
