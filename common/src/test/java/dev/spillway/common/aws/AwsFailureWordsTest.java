package dev.spillway.common.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ecs.model.EcsException;

class AwsFailureWordsTest {

    @Test
    void aFailureIsToldInTheWordsOfTheService() {
        AwsFailure failure = AwsFailures.classify(EcsException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ClientException")
                        .errorMessage("TaskDefinition not found.")
                        .build())
                .build());

        assertThat(failure).isEqualTo(new AwsFailure.Permanent("ClientException: TaskDefinition not found."));
    }

    @Test
    void aFailureWithoutACodeIsToldInTheWordsOfTheSdk() {
        AwsFailure failure = AwsFailures.classify(EcsException.builder()
                .statusCode(502)
                .message("Service returned HTTP status code 502")
                .awsErrorDetails(AwsErrorDetails.builder().build())
                .build());

        assertThat(failure).isEqualTo(new AwsFailure.Retryable(failure.words(), true));
        assertThat(failure.words()).contains("HTTP status code 502").doesNotContain("null:");
    }
}
