package dev.spillway.common.message;

import org.jspecify.annotations.Nullable;

/**
 * Reads the body of an SQS message: a task to run, or a task to cancel. Strict, so that a slip of the pen is an answer
 * and not a task that runs otherwise than meant: unknown fields are errors, nothing is converted, and all that is wrong
 * is said at once. No body makes it throw, and its work grows with the length of the body and no faster.
 *
 * <p>What only the deployment knows is not checked here: whether the task definition is allowed and exists, and whether
 * the task fits anywhere.
 */
public final class MessageParser {

    /** The most errors that one message is answered with; the last one then counts those left out. */
    public static final int MAX_ERRORS = 100;

    /** Characters of the reason of a cancel message. */
    public static final int MAX_REASON = 500;

    /**
     * Bytes of the request's canonical JSON in UTF-8. An item of DynamoDB holds 400 KB (DynamoDB developer guide,
     * "Quotas"); this leaves a third for the history and the rest of the record.
     */
    public static final int MAX_REQUEST_BYTES = 262_144;

    private MessageParser() {}

    /**
     * Reads one body.
     *
     * @param messageId the id that SQS gave the message: the task id, where the body has none
     */
    public static ParsedMessage parse(String body, String messageId) {
        Errors errors = new Errors();
        Fields message = object(body, errors);
        if (message == null) {
            return new ParsedMessage.Invalid(null, errors.list());
        }
        return message.has(CancelReader.CANCEL) ? CancelReader.read(message) : RunReader.read(message, messageId);
    }

    private static @Nullable Fields object(String body, Errors errors) {
        Json json = JsonReader.read(body, errors);
        return json == null ? null : Field.message(json, errors);
    }
}
