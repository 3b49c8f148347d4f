package dev.spillway.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.local.LocalAws;
import dev.spillway.local.loopback.PortInUseException;
import dev.spillway.local.loopback.RawHttp;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class EmbeddedDynamoDbTest {

    private static final String SCAN = "{\"TableName\":\"secrets\"}";

    private static EmbeddedDynamoDb dynamoDb;
    private static DynamoDbClient client;

    @BeforeAll
    static void a_table_with_one_item() {
        dynamoDb = EmbeddedDynamoDb.start(0);
        client = LocalAws.dynamoDb(dynamoDb.endpoint());
        client.createTable(table -> table.tableName("secrets")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build()));
        client.putItem(put -> put.tableName("secrets").item(Map.of("id", AttributeValue.fromS("hidden-value"))));
    }

    @AfterAll
    static void stop() {
        client.close();
        dynamoDb.close();
    }

    @Test
    void an_sdk_client_with_dummy_credentials_reads_and_writes() {
        assertThat(client.scan(scan -> scan.tableName("secrets")).items()).hasSize(1);
    }

    @Test
    void a_signed_request_to_localhost_is_answered_without_any_cors_header() {
        RawHttp.Answer answer = scan("localhost:" + dynamoDb.endpoint().getPort())
                .signed("dynamodb")
                .send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("hidden-value");
        assertThat(answer.head()).doesNotContain("access-control");
    }

    @Test
    void a_page_of_a_rebound_domain_reads_nothing() {
        assertRefused(scan("evil.example:" + dynamoDb.endpoint().getPort())
                .signed("dynamodb")
                .send());
    }

    @Test
    void a_page_on_another_local_port_reads_nothing() {
        assertRefused(scan(dynamoDb.endpoint().getAuthority())
                .signed("dynamodb")
                .header("Origin", "http://localhost:3000")
                .send());
    }

    @ParameterizedTest
    @CsvSource({"Origin, https://evil.example", "Sec-Fetch-Site, cross-site", "X-None, none"})
    void a_simple_cross_origin_request_reads_nothing(String header, String value) {
        assertRefused(scan(dynamoDb.endpoint().getAuthority())
                .header("Content-Type", "text/plain")
                .header(header, value)
                .send());
    }

    @Test
    void a_preflight_is_refused_and_allows_nothing() {
        RawHttp.Answer answer = RawHttp.request(dynamoDb.endpoint(), "OPTIONS")
                .host()
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,x-amz-target")
                .send();

        assertRefused(answer);
    }

    @Test
    void nothing_listens_on_an_address_that_other_machines_reach() throws Exception {
        for (InetAddress address : NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList()) {
            assertThatThrownBy(() -> new Socket(address, dynamoDb.endpoint().getPort()).close())
                    .describedAs("%s", address)
                    .isInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void a_port_in_use_is_one_sentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedDynamoDb.start(taken.getLocalPort()))
                    .isInstanceOf(PortInUseException.class)
                    .hasMessage("Port %d is in use by another program; choose another with --dynamodb-port."
                            .formatted(taken.getLocalPort()));
        }
    }

    private static RawHttp scan(String host) {
        return RawHttp.request(dynamoDb.endpoint(), "POST")
                .header("Host", host)
                .header("X-Amz-Target", "DynamoDB_20120810.Scan")
                .header("Content-Type", "application/x-amz-json-1.0")
                .body(SCAN);
    }

    private static void assertRefused(RawHttp.Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain("hidden-value").endsWith(".\n");
        assertThat(answer.head()).doesNotContain("access-control");
    }
}
