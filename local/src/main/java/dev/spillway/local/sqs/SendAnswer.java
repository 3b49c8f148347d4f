package dev.spillway.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the message ids out of the answers to SendMessage and SendMessageBatch, in both protocols of SQS: JSON, where
 * the request's {@code X-Amz-Target} header names the action, and query, where the answer's root element does.
 */
final class SendAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern XML_ROOT = Pattern.compile("^\\s*(<\\?xml[^>]*>)?\\s*<SendMessage(Batch)?Response\\b");
    private static final Pattern XML_ID = Pattern.compile("<MessageId>\\s*([^<\\s]+)\\s*</MessageId>");

    private SendAnswer() {}

    /**
     * The ids that an answer hands out.
     *
     * @param target the request's {@code X-Amz-Target}, empty in the query protocol
     * @param body the answer
     * @return none if the request was another one
     */
    static List<String> messageIds(String target, byte[] body) {
        if (!target.isEmpty()) {
            return target.startsWith("AmazonSQS.SendMessage") ? jsonIds(body) : List.of();
        }
        String xml = new String(body, StandardCharsets.UTF_8);
        return XML_ROOT.matcher(xml).find() ? xmlIds(xml) : List.of();
    }

    private static List<String> jsonIds(byte[] body) {
        try {
            JsonNode answer = JSON.readTree(body);
            List<String> ids = new ArrayList<>();
            addId(answer, ids);
            answer.path("Successful").forEach(entry -> addId(entry, ids));
            return ids;
        } catch (IOException e) {
            throw new IllegalStateException("ElasticMQ's answer to a send is not JSON.", e);
        }
    }

    private static void addId(JsonNode entry, List<String> ids) {
        JsonNode id = entry.path("MessageId");
        if (id.isTextual()) {
            ids.add(id.textValue());
        }
    }

    private static List<String> xmlIds(String xml) {
        Matcher id = XML_ID.matcher(xml);
        List<String> ids = new ArrayList<>();
        while (id.find()) {
            ids.add(id.group(1));
        }
        return ids;
    }
}
