package dev.spillway.local.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.local.contract.NotOffered.Answer;
import dev.spillway.local.dynamodb.EmbeddedDynamoDb;
import dev.spillway.local.sqs.EmbeddedSqs;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

class NotOfferedTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            501 |                           | {"message": "API for service 'ecs' not yet implemented or pro feature"}
            501 | InternalFailure           | {}
            400 |                           | {"__type": "com.amazon.coral.service#UnknownOperationException"}
            400 |                           | {"__type": "UnknownOperationException", "message": "RunTask"}
            400 | InvalidAction             | {}
            400 |                           | <ErrorResponse><Error><Code>InvalidAction</Code></Error></ErrorResponse>
            400 |                           | <ErrorResponse><Error><Code>MissingAction</Code></Error></ErrorResponse>
            500 |                           | NotImplementedError: The RunTask action has not been implemented
            404 |                           | <!doctype html><title>404 Not Found</title>
            405 |                           | <!doctype html><title>405 Method Not Allowed</title>
            """)
    void isSaid(int status, String errorType, String body) {
        assertThat(NotOffered.reason(answer(status, errorType, "", body), true)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            200 |                               | {"tasks": []}
            404 | ResourceNotFoundException     | {"Message": "Function not found", "Type": "User"}
            404 |                               | {"__type": "com.amazonaws#ResourceNotFoundException:"}
            400 |                               | {"__type": "ClientException", "message": "not supported with FARGATE"}
            400 |                               | <ErrorResponse><Error><Code>InvalidParameterValue</Code></Error></ErrorResponse>
            500 |                               | <!doctype html><title>500 Internal Server Error</title>
            503 | ServiceUnavailableException   | {}
            """)
    void isNotSaid(int status, String errorType, String body) {
        assertThat(NotOffered.reason(answer(status, errorType, "", body), true)).isEmpty();
    }

    @Test
    void isSaidByAnAnswerInTheProtocolOfAnotherService() {
        Answer buckets = answer(200, "", "application/xml", "<ListAllMyBucketsResult/>");

        assertThat(NotOffered.reason(buckets, true)).isPresent();
        assertThat(NotOffered.reason(buckets, false)).isEmpty();
    }

    @Test
    void isSaidByAServerOfQueuesThatIsAskedForSomethingElse() {
        try (EmbeddedSqs sqs = EmbeddedSqs.start(0, "us-east-1")) {
            assertOffersNeitherEcsNorLambda(sqs.endpoint());
        }
    }

    @Test
    void isSaidByAServerOfTablesThatIsAskedForSomethingElse() {
        try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start(0)) {
            assertOffersNeitherEcsNorLambda(dynamoDb.endpoint());
        }
    }

    private static void assertOffersNeitherEcsNorLambda(URI endpoint) {
        try (RemoteServer server = new RemoteServer(endpoint, "us-east-1")) {
            EcsClient ecs = server.clients().client(EcsClient.class, EcsClient::builder);
            assertThatThrownBy(() -> ecs.createCluster(create -> create.clusterName("jobs")))
                    .isInstanceOf(SdkException.class);
            assertThat(server.refusal()).isPresent();

            server.forgetRefusals();
            LambdaClient lambda = server.clients().client(LambdaClient.class, LambdaClient::builder);
            assertThatThrownBy(() -> lambda.invoke(invoke -> invoke.functionName("count")))
                    .isInstanceOf(SdkException.class);
            assertThat(server.refusal()).isPresent();
        }
    }

    private static Answer answer(int status, String errorType, String contentType, String body) {
        return new Answer(status, errorType == null ? "" : errorType, contentType, body);
    }
}
