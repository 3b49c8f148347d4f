package dev.spillway.local.template;

import java.util.Map;
import java.util.Optional;

/**
 * What the pseudo parameters of a template stand for.
 *
 * @param stackName {@code AWS::StackName}
 * @param region {@code AWS::Region}, for example {@code us-east-1}
 * @param accountId {@code AWS::AccountId}, 12 digits
 * @param parameters values for the template's parameters; the others take their defaults
 */
public record Deployment(String stackName, String region, String accountId, Map<String, String> parameters) {

    public Deployment {
        parameters = Map.copyOf(parameters);
    }

    /** The value of a pseudo parameter such as {@code AWS::Region}; empty if there is none of that name. */
    Optional<String> pseudoParameter(String name) {
        return switch (name) {
            case "AWS::Region" -> Optional.of(region);
            case "AWS::AccountId" -> Optional.of(accountId);
            case "AWS::Partition" -> Optional.of("aws");
            case "AWS::StackName" -> Optional.of(stackName);
            case "AWS::URLSuffix" -> Optional.of("amazonaws.com");
            default -> Optional.empty();
        };
    }
}
