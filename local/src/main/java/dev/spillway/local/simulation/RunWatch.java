package dev.spillway.local.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.ecs.EventSink;
import dev.spillway.local.lambda.FunctionRunner;
import dev.spillway.local.lambda.LambdaFunction;
import dev.spillway.local.time.Timeline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Sees what really runs: the events of ECS before anything happens to them, and every run of a function. It tells what
 * the records cannot: whether a task ever ran twice at the same time.
 */
final class RunWatch {

    /** What the system puts before the task's id. Written here a second time: what watches the product shares no code with it. */
    private static final String STARTED_BY = "spillway/";

    private final Timeline timeline;
    private final Map<String, Set<String>> alive = new LinkedHashMap<>();
    private final Set<String> placed = new LinkedHashSet<>();
    private final Set<String> started = new HashSet<>();
    private final List<Run> runs = new ArrayList<>();
    private final List<Overlap> overlaps = new ArrayList<>();

    RunWatch(Timeline timeline) {
        this.timeline = timeline;
    }

    /** Every run so far, in the order of their starts. */
    List<Run> runs() {
        return List.copyOf(runs);
    }

    List<Overlap> overlaps() {
        return List.copyOf(overlaps);
    }

    /** What is alive now, by task. */
    Map<String, Set<String>> alive() {
        return Map.copyOf(alive);
    }

    /** ECS tasks that were ever placed. */
    int placed() {
        return placed.size();
    }

    /** Watches the events of ECS on their way to the sink. */
    EventSink watching(EventSink sink) {
        return event -> {
            if (event.path("detail-type").asText().equals("ECS Task State Change")) {
                see(event);
            }
            sink.put(event);
        };
    }

    private void see(ObjectNode event) {
        JsonNode detail = event.path("detail");
        String startedBy = detail.path("startedBy").asText();
        String taskId = startedBy.startsWith(STARTED_BY) ? startedBy.substring(STARTED_BY.length()) : startedBy;
        String arn = detail.path("taskArn").asText();
        String status = detail.path("lastStatus").asText();
        if (placed.add(arn)) {
            begin(taskId, arn);
        }
        if (status.equals("RUNNING") && started.add(arn)) {
            runs.add(new Run(taskId, arn, timeline.now()));
        }
        if (status.equals("STOPPED")) {
            end(taskId, arn);
        }
    }

    /** Watches the runs of functions that were invoked for a task. */
    FunctionRunner watching(FunctionRunner runner) {
        return new FunctionRunner() {
            @Override
            public Runnable run(LambdaFunction function, String requestId, JsonNode event, Consumer<Result> onEnd) {
                String taskId = event.path("taskId").asText();
                begin(taskId, requestId);
                runs.add(new Run(taskId, requestId, timeline.now()));
                Runnable kill = runner.run(function, requestId, event, result -> {
                    end(taskId, requestId);
                    onEnd.accept(result);
                });
                return () -> {
                    end(taskId, requestId);
                    kill.run();
                };
            }

            @Override
            public void close() {
                runner.close();
            }
        };
    }

    private void begin(String taskId, String id) {
        Set<String> all = alive.computeIfAbsent(taskId, first -> new LinkedHashSet<>());
        all.add(id);
        if (all.size() > 1) {
            overlaps.add(new Overlap(taskId, all, timeline.now()));
        }
    }

    private void end(String taskId, String id) {
        alive.computeIfPresent(taskId, (task, ids) -> {
            ids.remove(id);
            return ids.isEmpty() ? null : ids;
        });
    }
}
