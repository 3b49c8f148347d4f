package dev.spillway.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.local.LocalAws;
import dev.spillway.local.loopback.PortInUseException;
import dev.spillway.local.loopback.RawHttp;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

class EmbeddedSqsTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private static EmbeddedSqs sqs;
    private static SqsClient client;
    private String queueUrl;

    @BeforeAll
    static void start() {
        sqs = EmbeddedSqs.start(0, "us-east-1");
        client = LocalAws.sqs(sqs.endpoint());
    }

    @AfterAll
    static void stop() {
        client.close();
        sqs.close();
    }

    @BeforeEach
    void a_queue_of_its_own(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName().replaceAll("[^a-z]", "-")
                + Math.abs(test.getDisplayName().hashCode());
        String queue = name.substring(Math.max(0, name.length() - 80));
        queueUrl = client.createQueue(create -> create.queueName(queue)).queueUrl();
    }

    @Test
    void queue_urls_name_the_gateway() {
        assertThat(queueUrl).startsWith(sqs.endpoint() + "/000000000000/");
    }

    @Test
    void a_message_sent_by_an_sdk_client_arrives_and_its_id_is_known() throws Exception {
        String id = client.sendMessage(send -> send.queueUrl(queueUrl).messageBody("hello"))
                .messageId();

        assertThat(receive()).extracting(Message::messageId).containsExactly(id);
        assertThat(sqs.handedOut().contains(id)).isTrue();
    }

    @Test
    void every_id_of_a_batch_is_known_until_it_is_deleted() throws Exception {
        List<String> ids = client
                .sendMessageBatch(send -> send.queueUrl(queueUrl)
                        .entries(
                                SendMessageBatchRequestEntry.builder()
                                        .id("a")
                                        .messageBody("1")
                                        .build(),
                                SendMessageBatchRequestEntry.builder()
                                        .id("b")
                                        .messageBody("2")
                                        .build()))
                .successful()
                .stream()
                .map(entry -> entry.messageId())
                .toList();

        assertThat(ids).hasSize(2);
        assertThat(sqs.handedOut().contains(ids.get(1))).isTrue();
        sqs.handedOut().deleted(ids);
        assertThat(sqs.handedOut().contains(ids.get(1))).isFalse();
    }

    @Test
    void a_signed_request_of_the_query_protocol_passes_and_its_id_is_known() throws Exception {
        RawHttp.Answer answer = form("Action=SendMessage&MessageBody=hello&QueueUrl=" + encoded(queueUrl))
                .host()
                .signed("sqs")
                .send();

        assertThat(answer.status()).isEqualTo(200);
        Matcher id = Pattern.compile("<MessageId>([^<]+)</MessageId>").matcher(answer.body());
        assertThat(id.find()).isTrue();
        assertThat(sqs.handedOut().contains(id.group(1).strip())).isTrue();
    }

    @Test
    void a_long_poll_waits_for_a_message() throws Exception {
        CompletableFuture<List<Message>> poll = CompletableFuture.supplyAsync(() -> client.receiveMessage(
                        receive -> receive.queueUrl(queueUrl).waitTimeSeconds(20))
                .messages());
        client.sendMessage(send -> send.queueUrl(queueUrl).messageBody("late"));

        assertThat(poll.get()).extracting(Message::body).containsExactly("late");
    }

    @Test
    void a_message_of_one_mebibyte_passes_and_one_more_byte_does_not() {
        String mebibyte = "x".repeat(1024 * 1024);
        client.sendMessage(send -> send.queueUrl(queueUrl).messageBody(mebibyte));

        assertThat(receive()).extracting(Message::body).containsExactly(mebibyte);
        assertThatThrownBy(
                        () -> client.sendMessage(send -> send.queueUrl(queueUrl).messageBody(mebibyte + "x")))
                .isInstanceOf(SqsException.class);
    }

    @ParameterizedTest
    @CsvSource({"Origin, https://evil.example", "Origin, 'null'", "Sec-Fetch-Site, cross-site", "X-None, none"})
    void a_form_posted_by_a_web_page_submits_nothing(String header, String value) {
        RawHttp.Answer answer = form("Action=SendMessage&MessageBody=run-me&QueueUrl=" + encoded(queueUrl))
                .host()
                .header(header, value)
                .send();

        assertRefused(answer);
        assertThat(receive()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:80", "169.254.169.254"})
    void a_page_of_a_rebound_domain_submits_nothing(String host) {
        RawHttp.Answer answer = form("Action=SendMessage&MessageBody=run-me&QueueUrl=" + encoded(queueUrl))
                .header("Host", host)
                .signed("sqs")
                .send();

        assertRefused(answer);
        assertThat(receive()).isEmpty();
    }

    @Test
    void a_presigned_url_submits_nothing_because_a_page_can_post_to_one() {
        RawHttp.Answer answer = form("").path("/?Action=SendMessage&MessageBody=run-me&QueueUrl=" + encoded(queueUrl)
                        + "&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&X-Amz-Signature=b")
                .host()
                .send();

        assertRefused(answer);
        assertThat(receive()).isEmpty();
    }

    @Test
    void an_image_tag_and_a_preflight_are_refused() {
        assertRefused(RawHttp.request(sqs.endpoint(), "GET")
                .path("/?Action=ListQueues")
                .host()
                .header("Sec-Fetch-Dest", "image")
                .send());
        assertRefused(RawHttp.request(sqs.endpoint(), "OPTIONS")
                .host()
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Headers", "authorization")
                .send());
    }

    @Test
    void a_port_in_use_is_one_sentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedSqs.start(taken.getLocalPort(), "us-east-1"))
                    .isInstanceOf(PortInUseException.class)
                    .hasMessage("Port %d is in use by another program; choose another with --sqs-port."
                            .formatted(taken.getLocalPort()));
        }
    }

    private List<Message> receive() {
        return client.receiveMessage(receive -> receive.queueUrl(queueUrl)).messages();
    }

    private static RawHttp form(String body) {
        return RawHttp.request(sqs.endpoint(), "POST")
                .header("Content-Type", FORM)
                .body(body);
    }

    private static String encoded(String url) {
        return URLEncoder.encode(URI.create(url).toString(), StandardCharsets.UTF_8);
    }

    private static void assertRefused(RawHttp.Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).endsWith(".\n");
        assertThat(answer.head()).doesNotContain("access-control");
    }
}
