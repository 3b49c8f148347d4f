package dev.spillway.local.cli.deployment;

import dev.spillway.common.aws.AwsFailures;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** There is no Spillway where one was looked for, or it does not let us in. */
public final class UnreachableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message one whole sentence for the person at the command line
     */
    public UnreachableException(String message) {
        this(message, null);
    }

    private UnreachableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The failure of a call, in words that help. The SDK's own name every place where it has looked. */
    public static UnreachableException because(SdkException failure, Target target) {
        String words = AwsFailures.classify(failure).words();
        String help;
        if (words.contains("Unable to load region")) {
            help = "No AWS Region is known: name one with --region, or set AWS_REGION.";
        } else if (words.contains("Unable to load credentials") || words.contains("must be on the class path")) {
            help = "No AWS credentials were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE."
                    + " After aws sso login, this sets them: eval \"$(aws configure export-credentials --format env)\"";
        } else if (words.contains("UnknownHostException")) {
            help = "Spillway (" + target.described()
                    + ") cannot be reached: the host of the service is not known. Is the"
                    + " Region right, and the network there?";
        } else {
            help = "Spillway (" + target.described() + ") cannot be reached: " + words;
        }
        return new UnreachableException(help, failure);
    }
}
