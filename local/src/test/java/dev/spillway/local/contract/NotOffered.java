package dev.spillway.local.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells the answer of a server that does not offer an operation from the answer of one that refuses it. A service of AWS
 * gives every refusal a code, in the form of its protocol; what has none was not answered by a service.
 */
final class NotOffered {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern XML_CODE = Pattern.compile("<Code>\\s*([^<\\s]+)\\s*</Code>");

    private static final Pattern WORDS = Pattern.compile(
            "not (yet |been |currently )*(implemented|supported)|NotImplemented", Pattern.CASE_INSENSITIVE);

    /**
     * The codes by which services and their stand-ins say that they do not know an operation. {@code MissingAction} is
     * what a server of the query protocol sees in a request of another one.
     */
    private static final Set<String> CODES = Set.of(
            "InvalidAction",
            "MissingAction",
            "NotImplemented",
            "NotImplementedError",
            "NotImplementedException",
            "UnknownOperation",
            "UnknownOperationException",
            "UnsupportedOperation",
            "UnsupportedOperationException",
            "AWS.SimpleQueueService.UnsupportedOperation");

    private NotOffered() {}

    /**
     * An answer on the wire.
     *
     * @param errorType the header {@code x-amzn-ErrorType}, empty if there is none
     * @param contentType empty if there is none
     */
    record Answer(int status, String errorType, String contentType, String body) {}

    /**
     * Why the answer means that the operation is not offered; empty if it means anything else.
     *
     * @param json whether the request was in a JSON protocol
     */
    static Optional<String> reason(Answer answer, boolean json) {
        if (answer.status() < 400) {
            return json && answer.contentType().contains("xml")
                    ? Optional.of("answered by another service, in XML")
                    : Optional.empty();
        }
        String code = code(answer);
        boolean said = answer.status() == 501 || CODES.contains(code);
        boolean noSuchPath = code.isEmpty() && List.of(404, 405).contains(answer.status());
        boolean saidInWords =
                answer.status() >= 500 && WORDS.matcher(answer.body()).find();
        return said || noSuchPath || saidInWords
                ? Optional.of((answer.status() + " " + code).strip())
                : Optional.empty();
    }

    /**
     * Whether the answer leaves open that the whole service is missing: a server that breaks down over a request, or
     * refuses it without a code, may just never have heard of the service.
     */
    static boolean isDoubtful(Answer answer) {
        return answer.status() >= 500 || (answer.status() >= 400 && code(answer).isEmpty());
    }

    /** The error code without its namespace; empty if there is none. */
    private static String code(Answer answer) {
        Matcher xml = XML_CODE.matcher(answer.body());
        String code = !answer.errorType().isEmpty()
                ? answer.errorType()
                : xml.find() ? xml.group(1) : jsonCode(answer.body());
        return code.replaceFirst(":.*", "").replaceFirst(".*#", "");
    }

    private static String jsonCode(String body) {
        try {
            JsonNode error = JSON.readTree(body);
            return Stream.of("__type", "code", "Code")
                    .map(field -> error.path(field).asText(""))
                    .filter(code -> !code.isEmpty())
                    .findFirst()
                    .orElse("");
        } catch (JsonProcessingException notJson) {
            return "";
        }
    }
}
