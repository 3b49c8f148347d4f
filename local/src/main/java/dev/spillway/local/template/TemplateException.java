package dev.spillway.local.template;

/** The template cannot be used as it is; the message is one sentence that names the line. */
public final class TemplateException extends RuntimeException {

    /**
     * A fault at a line.
     *
     * @param line counted from 1
     * @param sentence what is wrong, and what would be right
     */
    public TemplateException(int line, String sentence) {
        super("template.yaml, line %d: %s".formatted(line, sentence));
    }

    /** A fault of what was handed in beside the template, for example of a parameter. */
    public TemplateException(String sentence) {
        super(sentence);
    }
}
