package dev.spillway.common.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.model.EcsException;

class AwsFailuresTest {

    @ParameterizedTest(name = "{0}: {1} ({2}) is {3}")
    @MethodSource
    void aRefusalIsReadByItsCodeItsStatusAndItsWords(String code, String message, int status, AwsFailure expected) {
        SdkException failure = (SdkException) EcsException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
        assertThat(AwsFailures.classify(failure)).isEqualTo(expected);
    }

    static Stream<Arguments> aRefusalIsReadByItsCodeItsStatusAndItsWords() {
        return Stream.of(
                retryable("ThrottlingException", "Rate exceeded", 400, false),
                // The look-up of a subnet was throttled.
                retryable(
                        "InvalidParameterException", "Error retrieving subnet information: Rate exceeded", 400, false),
                retryable("ServerException", "Service Unavailable. Please try again later.", 500, true),
                retryable("InternalFailure", "", 503, true),
                retryable("AccessDeniedException", "User is not authorized to perform: ecs:RunTask", 400, false),
                retryable("ClusterNotFoundException", "Cluster not found.", 400, false),
                retryable("ExpiredTokenException", "The security token is expired", 403, false),
                noCapacity("InvalidParameterException", "No Container Instances were found in your cluster."),
                noCapacity(
                        "ClientException", "You’ve reached the limit on the number of vCPUs you can run concurrently"),
                noCapacity("ClientException", "You've reached the limit on the number of tasks you can provision"),
                noCapacity("ClientException", "Tasks provisioning capacity limit exceeded."),
                noCapacity("ClientException", "Capacity is unavailable at this time. Please try again later"),
                noCapacity(
                        "InvalidParameterException",
                        "The strategy contains a capacity provider that is not associated with the cluster."),
                permanent("ClientException", "TaskDefinition not found."),
                permanent("InvalidParameterException", "Override for container named x is not a container in the"),
                permanent("ResourceNotFoundException", "Function not found"));
    }

    @ParameterizedTest
    @MethodSource
    void aCallWithoutAnAnswerMayHaveWorked(SdkException failure) {
        assertThat(AwsFailures.classify(failure))
                .isInstanceOfSatisfying(
                        AwsFailure.Retryable.class,
                        retryable -> assertThat(retryable.mayHaveWorked()).isTrue());
    }

    static Stream<SdkException> aCallWithoutAnAnswerMayHaveWorked() {
        return Stream.of(
                ApiCallTimeoutException.create(12_000), SdkClientException.create("Unable to execute HTTP request"));
    }

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

    private static Arguments retryable(String code, String message, int status, boolean mayHaveWorked) {
        String words = (code + ": " + message).strip();
        return Arguments.of(code, message, status, new AwsFailure.Retryable(words, mayHaveWorked));
    }

    private static Arguments noCapacity(String code, String message) {
        return Arguments.of(code, message, 400, new AwsFailure.NoCapacity(code + ": " + message));
    }

    private static Arguments permanent(String code, String message) {
        return Arguments.of(code, message, 400, new AwsFailure.Permanent(code + ": " + message));
    }
}
