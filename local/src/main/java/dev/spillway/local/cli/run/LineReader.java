package dev.spillway.local.cli.run;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads messages, one a line. The whole is read before anything is sent: a file that turns out to be no text half-way
 * has started nothing.
 */
public final class LineReader {

    /** The largest message that SQS takes, in bytes. */
    static final int MAX_LINE_BYTES = 1 << 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String name;
    private final List<Line> lines = new ArrayList<>();
    private int number;

    private LineReader(String name) {
        this.name = name;
    }

    /** The lines of a file that are not blank; at least one. */
    public static List<Line> read(Path file) throws UnreadableFileException {
        if (Files.isDirectory(file)) {
            throw new UnreadableFileException(
                    file + " is a directory; name a file with one JSON message on each line.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(file.toString(), in);
        } catch (NoSuchFileException e) {
            throw new UnreadableFileException("There is no file " + file + ".");
        } catch (AccessDeniedException e) {
            throw new UnreadableFileException(file + " cannot be read: permission denied.");
        } catch (IOException e) {
            throw new UnreadableFileException(file + " cannot be read: " + e.getMessage() + ".");
        }
    }

    /**
     * The lines of a stream that are not blank; at least one.
     *
     * @param name what to call the stream in a sentence
     */
    public static List<Line> read(String name, InputStream in) throws UnreadableFileException, IOException {
        LineReader reader = new LineReader(name);
        reader.readAll(new BufferedInputStream(in));
        if (reader.lines.isEmpty()) {
            throw new UnreadableFileException(name + " is empty; it needs one JSON message on each line.");
        }
        return List.copyOf(reader.lines);
    }

    private void readAll(InputStream in) throws UnreadableFileException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        number = 1;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                add(bytes);
                bytes.reset();
                number++;
            } else if (next == 0) {
                throw notText("holds a zero byte");
            } else if (bytes.size() == MAX_LINE_BYTES) {
                throw new UnreadableFileException(
                        "Line " + number + " of " + name + " is longer than 1 MiB, the most that SQS takes.");
            } else {
                bytes.write(next);
            }
        }
        add(bytes);
    }

    private void add(ByteArrayOutputStream bytes) throws UnreadableFileException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw notText("is not valid UTF-8");
        }
        if (number == 1 && text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(1);
        }
        if (text.endsWith("\r")) {
            text = text.substring(0, text.length() - 1);
        }
        if (!text.isBlank()) {
            lines.add(new Line(number, text));
        }
    }

    private UnreadableFileException notText(String why) {
        return new UnreadableFileException(name + " is not a text file: line " + number + " " + why + ".");
    }
}
