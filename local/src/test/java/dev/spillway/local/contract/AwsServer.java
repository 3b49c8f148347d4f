package dev.spillway.local.contract;

import dev.spillway.common.aws.AwsClients;
import dev.spillway.driver.launch.TaskNetwork;
import dev.spillway.local.template.ResourceValues;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A server that speaks the protocols of AWS, or what stands in for one, to run the contract on. What the adapters ask is
 * asked through {@link #clients}; what has to be there before they ask is made by the other methods, each server in its
 * own way. A server that cannot make it throws {@link org.opentest4j.TestAbortedException} with the reason.
 */
interface AwsServer extends AutoCloseable {

    /** The Region of everything on it. */
    String region();

    /** Clients as the functions have them. */
    AwsClients clients();

    /** The connections of the clients. */
    SdkHttpClient http();

    /** A client whose exchanges with DynamoDB go through another one than {@link #http}, for example one around it. */
    DynamoDbClient dynamoDb(SdkHttpClient through);

    /** A client that can wait 20 s for messages; the caller closes it. */
    SqsClient pollingSqs();

    /** What the resources of template.yaml are called there. */
    ResourceValues values();

    /** Where tasks get their network interface, with a subnet and the security group that a deployment would name. */
    TaskNetwork network();

    void createCluster(String name);

    /**
     * Container instances with at least 2,048 CPU units and 4,096 MiB, for one cluster.
     *
     * @param capacity their attribute {@code spillway.capacity}
     * @return their ARNs
     */
    List<String> addInstances(String cluster, int count, String capacity);

    /** Makes a Lambda function that takes any event and answers nothing. */
    void createFunction(String name);

    /** Takes away a cluster with its tasks and instances. */
    void deleteCluster(String name);

    void deleteTaskDefinition(String arn);

    void deleteFunction(String name);

    /** The first answer since {@link #forgetRefusals} by which it said that it does not offer an operation. */
    Optional<String> refusal();

    void forgetRefusals();

    @Override
    void close();
}
