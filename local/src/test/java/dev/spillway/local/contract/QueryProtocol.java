package dev.spillway.local.contract;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Calls of services that the product does not use, in the query protocol of AWS: what a case needs of EC2 and IAM is
 * three calls, and not worth the SDK's largest client.
 */
final class QueryProtocol {

    private final SdkHttpClient http;
    private final URI endpoint;
    private final String region;

    QueryProtocol(SdkHttpClient http, URI endpoint, String region) {
        this.http = http;
        this.endpoint = endpoint;
        this.region = region;
    }

    /** An answer in XML, which may also be a refusal. */
    record Answer(int status, String body) {

        /** The texts of all elements of that name, in order, if the call succeeded. */
        Stream<String> texts(String element) {
            return status == 200
                    ? Pattern.compile("<%1$s>\\s*([^<]+?)\\s*</%1$s>".formatted(element))
                            .matcher(body)
                            .results()
                            .map(found -> found.group(1))
                    : Stream.empty();
        }

        Optional<String> text(String element) {
            return texts(element).findFirst();
        }
    }

    /** The answer; one of status 0 where there is none. */
    Answer call(String service, String version, String action, Map<String, String> parameters) {
        Map<String, String> form = new TreeMap<>(parameters);
        form.put("Action", action);
        form.put("Version", version);
        ContentStreamProvider body = ContentStreamProvider.fromUtf8String(form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&")));
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(AwsCredentialsIdentity.create("local", "local"))
                        .request(SdkHttpFullRequest.builder()
                                .method(SdkHttpMethod.POST)
                                .uri(endpoint.resolve("/"))
                                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                                .build())
                        .payload(body)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        try {
            HttpExecuteResponse response = http.prepareRequest(HttpExecuteRequest.builder()
                            .request(signed.request())
                            .contentStreamProvider(signed.payload().orElse(body))
                            .build())
                    .call();
            try (var in = response.responseBody().orElseThrow()) {
                return new Answer(
                        response.httpResponse().statusCode(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException unanswered) {
            return new Answer(0, unanswered.toString());
        }
    }
}
