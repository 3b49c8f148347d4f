package dev.spillway.taskstate.event;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The cluster of the deployment. A default event bus may take in events of other accounts and Regions, whose clusters
 * may have the same name: only a configured ARN tells those apart, a configured name can't.
 */
final class Cluster {

    private static final int ACCOUNT = 4;

    private final String configured;

    /** @param configured name or ARN */
    Cluster(String configured) {
        this.configured = configured;
    }

    /** Whether the detail of an ECS event is about this cluster, and the event comes from the cluster's account. */
    boolean owns(String account, JsonNode detail) {
        String arn = detail.path("clusterArn").asText();
        boolean same = isArn(configured) ? arn.equals(configured) : name(arn).equals(configured);
        return same && account.equals(account(arn));
    }

    /** Whether the name or ARN, as another function of the deployment has it, is of this cluster. */
    boolean isNamed(String nameOrArn) {
        return name(nameOrArn).equals(name(configured));
    }

    /** Whether the account is that of the cluster, as far as the configuration says. */
    boolean isInAccount(String account) {
        return !isArn(configured) || account.equals(account(configured));
    }

    private static boolean isArn(String text) {
        return text.startsWith("arn:");
    }

    private static String name(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private static String account(String arn) {
        String[] parts = arn.split(":", -1);
        return parts.length > ACCOUNT ? parts[ACCOUNT] : "";
    }
}
