package dev.spillway.common.message;

/** Text from a message as an error may show it: short, and in characters that cannot rewrite a log or a terminal. */
final class Shown {

    private static final int MAX_CHARACTERS = 60;

    private Shown() {}

    /** The text in quotation marks; a cut one is followed by its true length. */
    static String quoted(String text) {
        String shown = "\"" + plain(text) + "\"";
        int characters = text.codePointCount(0, text.length());
        return characters > MAX_CHARACTERS ? shown + " (" + characters + " characters)" : shown;
    }

    /** The text without quotation marks. */
    static String plain(String text) {
        StringBuilder shown = new StringBuilder();
        int at = 0;
        for (int characters = 0; at < text.length() && characters < MAX_CHARACTERS; characters++) {
            int codePoint = text.codePointAt(at);
            at += Character.charCount(codePoint);
            if (isVisible(codePoint)) {
                shown.appendCodePoint(codePoint);
            } else {
                shown.append(String.format("\\u%04x", codePoint));
            }
        }
        return at < text.length() ? shown + "…" : shown.toString();
    }

    /** The name of a field. What stands behind {@code =} in one is a value in the wrong place, and may be a secret. */
    static String name(String name) {
        if (name.isEmpty()) {
            return "\"\"";
        }
        int end = name.indexOf('=');
        return end < 0 ? plain(name) : plain(name.substring(0, end)) + "=…";
    }

    /** Format characters are left out too: among them are those that turn the direction of writing. */
    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
