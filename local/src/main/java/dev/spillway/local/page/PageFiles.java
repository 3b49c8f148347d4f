package dev.spillway.local.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The files of the page. They are read once, by name: no path of a request is ever looked up on a disk. */
final class PageFiles {

    private static final String START = "/index.html";

    private static final List<String> NAMES = List.of(
            START,
            "/page.css",
            "/page.js",
            "/chart.js",
            "/dashboard.js",
            "/own.js",
            "/tasks.js",
            "/format.js",
            "/icon.svg",
            "/uplot/uPlot.iife.min.js",
            "/uplot/uPlot.min.css",
            "/uplot/LICENSE");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, Answer> files;

    private PageFiles(Map<String, Answer> files) {
        this.files = Map.copyOf(files);
    }

    static PageFiles load() {
        Map<String, Answer> files = new HashMap<>();
        NAMES.forEach(name -> files.put(name, read(name)));
        files.put("/", read(START));
        return new PageFiles(files);
    }

    /** The file of that path. */
    Optional<Answer> at(String path) {
        return Optional.ofNullable(files.get(path));
    }

    private static Answer read(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1);
        try (InputStream in = Objects.requireNonNull(
                PageFiles.class.getResourceAsStream("files" + name), () -> name + " is missing")) {
            return new Answer(Answer.OK, TYPES.getOrDefault(ending, "text/plain; charset=utf-8"), in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
