package dev.spillway.local.stream;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.OperationType;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import java.util.HashMap;
import java.util.Map;

/** Writes the records of a stream of new and old images, as Lambda hands them to a function. */
public final class StreamRecords {

    private StreamRecords() {}

    /**
     * The record of one put.
     *
     * @param sequence its place in the stream
     * @param before the item as it was; empty for a new one
     */
    public static DynamodbStreamRecord of(
            String streamArn,
            long sequence,
            Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> before,
            Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> after) {
        StreamRecord images = new StreamRecord()
                .withSequenceNumber("%021d".formatted(sequence))
                .withNewImage(item(after));
        if (!before.isEmpty()) {
            images.setOldImage(item(before));
        }
        DynamodbStreamRecord record = new DynamodbStreamRecord();
        record.setEventSourceARN(streamArn);
        record.setEventSource("aws:dynamodb");
        record.setEventName(before.isEmpty() ? OperationType.INSERT : OperationType.MODIFY);
        record.setDynamodb(images);
        return record;
    }

    private static Map<String, AttributeValue> item(
            Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> item) {
        Map<String, AttributeValue> values = new HashMap<>();
        item.forEach((name, value) -> values.put(name, value(value)));
        return values;
    }

    private static AttributeValue value(software.amazon.awssdk.services.dynamodb.model.AttributeValue value) {
        return switch (value.type()) {
            case S -> new AttributeValue().withS(value.s());
            case N -> new AttributeValue().withN(value.n());
            case BOOL -> new AttributeValue().withBOOL(value.bool());
            case NUL -> new AttributeValue().withNULL(true);
            case L ->
                new AttributeValue()
                        .withL(value.l().stream().map(StreamRecords::value).toList());
            case M -> new AttributeValue().withM(item(value.m()));
            case B, SS, NS, BS, UNKNOWN_TO_SDK_VERSION ->
                throw new UnsupportedOperationException(
                        "no item of this project has an attribute of type " + value.type());
        };
    }
}
