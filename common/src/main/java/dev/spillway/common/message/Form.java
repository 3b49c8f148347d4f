package dev.spillway.common.message;

import java.util.regex.Pattern;

/**
 * What a text has to look like.
 *
 * @param pattern has to match the whole text
 * @param maxCharacters Unicode characters, as JSON Schema counts them
 * @param wants the same in words
 */
record Form(Pattern pattern, int maxCharacters, String wants) {

    /** The model of ECS, RunTask, {@code taskDefinition}: family or family:revision or full ARN. */
    static final Form TASK_DEFINITION = of(
            "(arn:aws[a-z-]*:ecs:[a-z0-9-]{1,32}:[0-9]{12}:task-definition/[A-Za-z0-9_-]{1,255}:[1-9][0-9]{0,9})"
                    + "|([A-Za-z0-9_-]{1,255}(:[1-9][0-9]{0,9})?)",
            400,
            "a task definition as family, family:revision or full ARN");

    /** The model of Lambda, Invoke, {@code FunctionName}, without its partial ARNs. */
    static final Form FUNCTION = of(
            "(arn:aws[a-z-]*:lambda:[a-z0-9-]{1,32}:[0-9]{12}:function:)?"
                    + "[A-Za-z0-9_-]{1,64}(:([$]LATEST|[A-Za-z0-9_-]{1,128}))?",
            300,
            "a Lambda function as name, name:alias, name:version or full ARN");

    /** The model of ECS, ContainerDefinition, {@code name}. */
    static final Form CONTAINER =
            of("[A-Za-z0-9_-]{1,255}", 255, "a container name of 1 to 255 characters of A-Z, a-z, 0-9, _ and -");

    /** A program's arguments and environment end at a zero byte, so that one inside cannot be handed on. */
    static final Form ARGUMENT = of("[^\\x00]*", Integer.MAX_VALUE, "a string that does not hold U+0000");

    static final Form ENVIRONMENT_NAME =
            of("[^=\\x00]+", Integer.MAX_VALUE, "a name that is not empty and has no = and no U+0000");

    /** Of a cancel message. */
    static final Form REASON = of(
            "[\\s\\S]*", MessageParser.MAX_REASON, "a string of at most " + MessageParser.MAX_REASON + " characters");

    static final Form MEMBER_OF = of(
            "memberOf:[\\s\\S]*[!-~][\\s\\S]*",
            2_009,
            "\"distinctInstance\", or \"memberOf:\" and an expression of 1 to 2000 characters in the cluster query language");

    /** The model of ECS, PlacementStrategy and Attribute. {@code host} is its other word for {@code instanceId}. */
    static final Form STRATEGY = of(
            "random|binpack:(cpu|memory)|spread:(instanceId|host|attribute:[A-Za-z0-9_./\\\\-]{1,128})",
            145,
            "random, binpack:cpu, binpack:memory, spread:instanceId or spread:attribute:<name>");

    static final Form STOP_REASON = of(
            "[\\s\\S]+",
            256,
            "a stop reason of 1 to 256 characters, in which * stands for any characters and ? for one");

    /** No years and months, whose length varies, no signs, and somewhere a digit that is not zero. */
    static final Form DURATION = of(
            "P(?=.*[1-9])(?=[0-9T])([0-9]{1,9}D)?"
                    + "(T(?=[0-9])([0-9]{1,9}H)?([0-9]{1,9}M)?([0-9]{1,9}([.][0-9]{1,9})?S)?)?",
            60,
            "an ISO-8601 duration of days, hours, minutes and seconds, such as PT30M, more than zero and at most P365D");

    /** The model of ECS, Tag: the pattern of key and value, and the prefix that is reserved for both. */
    static final Form TAG_KEY =
            of("(?![aA][wW][sS]:)[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{1,128}", 128, "a key of 1 to 128 " + tagCharacters());

    static final Form TAG_VALUE =
            of("(?![aA][wW][sS]:)[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{0,256}", 256, "a string of 0 to 256 " + tagCharacters());

    private static Form of(String pattern, int maxCharacters, String wants) {
        return new Form(Pattern.compile(pattern), maxCharacters, wants);
    }

    private static String tagCharacters() {
        return "letters, digits, spaces and + - = . _ : / @, not beginning with aws:";
    }

    /** The length is looked at first: matching a long text costs time, and for some patterns stack. */
    boolean accepts(String text) {
        return text.length() <= 2L * maxCharacters
                && text.codePointCount(0, text.length()) <= maxCharacters
                && pattern.matcher(text).matches();
    }
}
