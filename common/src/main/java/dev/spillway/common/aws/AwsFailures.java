package dev.spillway.common.aws;

import java.util.List;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The one reading of what AWS's exceptions mean. The codes are those of the services' API models; the phrases are those
 * that were seen where the code alone says too little.
 */
public final class AwsFailures {

    /** {@code InvalidParameterException} and {@code ClientException} stand for many things; these are "not now". */
    private static final List<String> NO_CAPACITY_PHRASES = List.of(
            "No Container Instances were found",
            "Capacity is unavailable at this time",
            // The cluster does not have that kind of capacity; the next one of the chain may do.
            "is not associated with the cluster",
            // So many tasks may wait for an instance of a capacity provider (ECS service quotas: 500 in a cluster).
            "provisioning capacity limit exceeded",
            "reached the limit on the number of tasks",
            "reached the limit on the number of vCPUs");

    private static final Set<String> NO_CAPACITY_CODES = Set.of("LimitExceededException");

    /**
     * The deployment is wrong, not the task: the task waits, with these words as its reason, until somebody has put it
     * right. To fail it would turn one wrong policy into the loss of every job.
     */
    private static final Set<String> DEPLOYMENT_CODES = Set.of(
            "AccessDeniedException",
            "AccessDenied",
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "ExpiredTokenException",
            "ExpiredToken",
            "ClusterNotFoundException",
            "KMSAccessDeniedException",
            "KMSDisabledException");

    private AwsFailures() {}

    /** Says what the failure means. */
    public static AwsFailure classify(SdkException failure) {
        if (!(failure instanceof AwsServiceException refused)) {
            // A time-out or a broken connection says nothing about whether the call arrived.
            return new AwsFailure.Retryable(words(failure), true);
        }
        String words = words(refused);
        if (refused.isThrottlingException() || words.contains("Rate exceeded")) {
            return new AwsFailure.Retryable(words, false);
        }
        if (refused.statusCode() >= 500 || "ServerException".equals(code(refused))) {
            return new AwsFailure.Retryable(words, true);
        }
        if (DEPLOYMENT_CODES.contains(code(refused))) {
            return new AwsFailure.Retryable(words, false);
        }
        if (NO_CAPACITY_CODES.contains(code(refused))
                || NO_CAPACITY_PHRASES.stream().anyMatch(words::contains)) {
            return new AwsFailure.NoCapacity(words);
        }
        return new AwsFailure.Permanent(words);
    }

    private static String words(SdkException failure) {
        // An answer of something that stands before the service has no code; the SDK's own words name its status.
        if (failure instanceof AwsServiceException refused
                && refused.awsErrorDetails() instanceof AwsErrorDetails d
                && d.errorCode() != null) {
            String message = d.errorMessage() == null ? "" : d.errorMessage();
            return (d.errorCode() + ": " + message).strip();
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static String code(AwsServiceException failure) {
        AwsErrorDetails details = failure.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }
}
