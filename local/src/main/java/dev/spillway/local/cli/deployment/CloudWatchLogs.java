package dev.spillway.local.cli.deployment;

import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.FunctionWork;
import dev.spillway.common.task.TaskRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;

/**
 * The logs that ECS tasks keep in CloudWatch. The names of group and stream are in the task definition (ECS developer
 * guide, "Send Amazon ECS logs to CloudWatch": {@code prefix/container/task id}).
 */
final class CloudWatchLogs implements TaskLogs {

    private final EcsClient ecs;
    private final Function<@Nullable String, CloudWatchLogsClient> clients;

    /**
     * @param clients gives a client of the Region, null for the deployment's own
     */
    CloudWatchLogs(EcsClient ecs, Function<@Nullable String, CloudWatchLogsClient> clients) {
        this.ecs = ecs;
        this.clients = clients;
    }

    @Override
    public LogTail tail(TaskRecord task, String run) throws NoLogException {
        ContainerWork work = task.request() == null ? null : task.request().container();
        if (!run.startsWith("arn:") || work == null) {
            throw new NoLogException(invocation(task, run));
        }
        ContainerDefinition container = container(task, work);
        LogConfiguration log = container.logConfiguration();
        Map<String, String> options = log == null ? Map.of() : log.options();
        String group = options.get("awslogs-group");
        String prefix = options.get("awslogs-stream-prefix");
        if (log == null || log.logDriver() != LogDriver.AWSLOGS || group == null || prefix == null) {
            throw new NoLogException("The container " + container.name() + " of " + work.taskDefinition()
                    + " does not log to CloudWatch with a stream prefix; look where its log driver ("
                    + (log == null ? "the default of its host" : log.logDriverAsString()) + ") sends its output.");
        }
        String stream = prefix + "/" + container.name() + "/" + run.substring(run.lastIndexOf('/') + 1);
        return new StreamTail(clients.apply(options.get("awslogs-region")), group, stream);
    }

    /** The container that the message names, or the first one that ends the task. */
    private ContainerDefinition container(TaskRecord task, ContainerWork work) throws NoLogException {
        List<ContainerDefinition> containers = ecs.describeTaskDefinition(r -> r.taskDefinition(work.taskDefinition()))
                .taskDefinition()
                .containerDefinitions();
        return containers.stream()
                .filter(container -> work.container() == null
                        ? !Boolean.FALSE.equals(container.essential())
                        : container.name().equals(work.container()))
                .findFirst()
                .orElseThrow(() -> new NoLogException(
                        "The container of task " + task.taskId() + " is no longer in " + work.taskDefinition() + "."));
    }

    private static String invocation(TaskRecord task, String run) {
        FunctionWork function = task.request() == null ? null : task.request().function();
        return "This run was an invocation" + (function == null ? "" : " of the function " + function.function())
                + "; look for the request id " + run + " in the function's log group in CloudWatch Logs.";
    }

    private static final class StreamTail implements LogTail {

        private final CloudWatchLogsClient logs;
        private final String group;
        private final String stream;
        private @Nullable String token;

        StreamTail(CloudWatchLogsClient logs, String group, String stream) {
            this.logs = logs;
            this.group = group;
            this.stream = stream;
        }

        /** The end has come when CloudWatch returns the token that it was given (API reference, GetLogEvents). */
        @Override
        public boolean copyTo(OutputStream out) throws IOException {
            try {
                String before;
                do {
                    before = token;
                    GetLogEventsResponse page = page();
                    for (OutputLogEvent event : page.events()) {
                        out.write((event.message() + "\n").getBytes(StandardCharsets.UTF_8));
                    }
                    token = page.nextForwardToken();
                } while (token != null && !token.equals(before));
                return true;
            } catch (ResourceNotFoundException notYet) {
                return false;
            }
        }

        private GetLogEventsResponse page() {
            return logs.getLogEvents(r -> r.logGroupName(group)
                    .logStreamName(stream)
                    .startFromHead(true)
                    .nextToken(token));
        }
    }
}
