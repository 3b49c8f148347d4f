package dev.spillway.local.simulation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.runtime.SimulatedRuntime;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message about a task of the definitions and functions of {@link Worlds}. */
final class Job {

    private final ObjectNode body = JsonNodeFactory.instance.objectNode();
    private final ObjectNode environment = JsonNodeFactory.instance.objectNode();

    private Job(String taskId) {
        body.put("taskId", taskId);
    }

    static Job onEc2(String taskId) {
        return of(taskId, Worlds.ON_EC2);
    }

    static Job anywhere(String taskId) {
        return of(taskId, Worlds.ANYWHERE);
    }

    static Job of(String taskId, String taskDefinition) {
        Job job = new Job(taskId);
        job.body.put("taskDefinition", taskDefinition);
        return job;
    }

    static Job function(String taskId, String function) {
        Job job = new Job(taskId);
        job.body.put("function", function);
        return job;
    }

    static String cancel(String taskId) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("cancel", taskId)
                .put("reason", "not wanted")
                .toString();
    }

    Job runs(Duration duration) {
        environment.put(SimulatedRuntime.SECONDS, Long.toString(duration.toSeconds()));
        return this;
    }

    Job exits(int code) {
        environment.put(SimulatedRuntime.EXIT_CODE, Integer.toString(code));
        return this;
    }

    Job size(int cpu, int memory) {
        body.put("cpu", cpu).put("memory", memory);
        return this;
    }

    Job priority(int priority) {
        body.put("priority", priority);
        return this;
    }

    Job capacity(String... chain) {
        List.of(chain).forEach(body.withArray("capacity")::add);
        return this;
    }

    Job timeout(Duration timeout) {
        body.put("timeout", timeout.toString());
        return this;
    }

    Job waitDeadline(Duration deadline) {
        body.put("waitDeadline", deadline.toString());
        return this;
    }

    /**
     * Lets the job run again.
     *
     * @param exitCode the only one after which it is not; null for none
     */
    Job attempts(int attempts, @Nullable Integer exitCode) {
        ObjectNode retry = body.putObject("retry").put("attempts", attempts);
        if (exitCode != null) {
            retry.putArray("rules").addObject().put("exitCode", exitCode).put("action", "fail");
        }
        return this;
    }

    String json() {
        if (!environment.isEmpty()) {
            body.set("environment", environment);
        }
        return body.toString();
    }
}
