package dev.spillway.local.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spillway.local.cli.record.RecordJson;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** What is answered to which path. Knows no HTTP beyond that. */
final class Answers {

    private static final String TASK = "/api/tasks/";

    private final PageSource source;
    private final PageFiles files = PageFiles.load();

    Answers(PageSource source) {
        this.source = source;
    }

    /** The answer to a GET that the guard has admitted. */
    Answer to(URI uri) {
        String path = Optional.ofNullable(uri.getPath()).orElse("");
        try {
            if (path.startsWith(TASK)) {
                query(uri);
                return task(path.substring(TASK.length()));
            }
            return switch (path) {
                case "/api/now" -> json(uri, PageJson.now(source.now()));
                case "/api/series" ->
                    Answer.json(PageJson.series(source.points(query(uri, "from").from())));
                case "/api/dashboard" ->
                    Answer.json(
                            DashboardJson.of(source.dashboard(query(uri, "span").span())));
                case "/api/tasks" ->
                    Answer.json(PageJson.tasks(
                            source.tasks(query(uri, "status", "prefix", "limit").filter())));
                default -> files.at(path).orElseGet(() -> Answer.sentence(Answer.NOT_FOUND, "There is nothing here."));
            };
        } catch (Query.WrongException wrong) {
            return Answer.sentence(Answer.BAD_REQUEST, String.valueOf(wrong.getMessage()));
        }
    }

    private Answer task(String taskId) {
        return source.task(taskId)
                .map(record -> Answer.json(RecordJson.of(record)))
                .orElseGet(() -> Answer.sentence(Answer.NOT_FOUND, "There is no such task."));
    }

    private static Answer json(URI uri, JsonNode json) {
        query(uri);
        return Answer.json(json);
    }

    private static Query query(URI uri, String... known) {
        return Query.read(uri.getRawQuery(), Set.of(known));
    }
}
