package dev.spillway.local.crash;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.ecs.model.EcsException;

/** What goes wrong with one call to AWS. */
enum Fault {
    /** It works, and the process ends before it has the answer. */
    ENDS_THE_PROCESS {
        @Override
        Object strike(Call call) throws Throwable {
            call.make();
            throw new ProcessEnded();
        }
    },

    /** It works, and the answer does not come. */
    TIMES_OUT {
        @Override
        Object strike(Call call) throws Throwable {
            call.make();
            throw ApiCallTimeoutException.create(12_000);
        }
    },

    /** It is refused, and nothing has happened. */
    THROTTLED {
        @Override
        Object strike(Call call) {
            throw EcsException.builder()
                    .message("Rate exceeded")
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("ThrottlingException")
                            .errorMessage("Rate exceeded")
                            .build())
                    .statusCode(400)
                    .build();
        }
    };

    /** A call that has not been made. */
    @FunctionalInterface
    interface Call {
        Object make() throws Throwable;
    }

    /** Makes the call, or does not, and never answers. */
    abstract Object strike(Call call) throws Throwable;
}
