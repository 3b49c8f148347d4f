package dev.spillway.local.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void holdsTotalsAndEveryTask() throws Exception {
        List<Row> rows =
                List.of(Row.of(Records.failed("a"), 1), Row.rejected(new Line(2, "no JSON"), null, "not JSON"));

        JsonNode report = RunReport.of(Tally.of(3, rows), rows);

        assertThat(report).isEqualTo(JSON.readTree("""
                {
                  "totals": {"lines": 3, "submitted": 2, "succeeded": 0, "failed": 1, "rejected": 1, "waiting": 0,
                             "cancelled": 0, "timedOut": 0, "unfinished": 0, "spilledToFargate": 0},
                  "tasks": [
                    {"taskId": "a", "line": 1, "status": "FAILED", "capacityType": "EC2",
                     "launch": 1, "attempt": 1, "losses": 0, "failedStarts": 0, "exitCode": 3, "reason": "exit code 3",
                     "taskArn": "arn:aws:ecs:us-east-1:000000000000:task/spillway/a",
                     "createdAt": "2026-11-01T10:00:00Z", "placedAt": "2026-11-01T10:00:01.500Z",
                     "startedAt": "2026-11-01T10:00:02Z", "stoppedAt": "2026-11-01T10:00:05Z",
                     "waitSeconds": 2.0, "runSeconds": 3.0,
                     "request": {
                       "taskDefinition": "spillway-word-count", "cpu": 512, "memory": 1024,
                       "placement": {"constraints": ["memberOf:attribute:ecs.os-type == linux", "distinctInstance"],
                                     "strategies": ["binpack:memory", "random"]},
                       "tags": {"team": "prose"},
                       "capacity": ["EC2", "FARGATE"], "priority": 10,
                       "retry": {"attempts": 2, "rules": [{"exitCode": [3], "action": "fail"}]},
                       "timeout": "PT5M"},
                     "history": [
                       {"at": "2026-11-01T10:00:01Z", "status": "LAUNCHING", "what": "accepted"},
                       {"at": "2026-11-01T10:00:02Z", "status": "RUNNING", "what": "running on EC2"},
                       {"at": "2026-11-01T10:00:05Z", "status": "FAILED", "what": "ended"}]},
                    {"line": 2, "status": "REJECTED", "reason": "not JSON"}
                  ]
                }"""));
        assertThat(report.toString()).doesNotContain(Records.SECRET);
    }

    @Test
    void replacesAReportWholeAndLeavesNothingBeside(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("out.json"), "an older report");

        ReportFile.write(JsonNodeFactory.instance.objectNode().put("a", 1), file);

        assertThat(JSON.readTree(file.toFile()).get("a").intValue()).isEqualTo(1);
        assertThat(directory).isDirectoryContaining(path -> path.equals(file));
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void writesThroughASymbolicLink(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("real.json"), "");
        Path link = Files.createSymbolicLink(directory.resolve("link.json"), file);

        ReportFile.write(JsonNodeFactory.instance.objectNode(), link);

        assertThat(link).isSymbolicLink();
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void knowsBeforeTheRunWhatCannotBeWritten(@TempDir Path directory) throws Exception {
        ReportFile.check(directory.resolve("new.json"));
        ReportFile.check(Path.of("new-in-the-working-directory.json"));
        assertThatThrownBy(() -> ReportFile.check(directory)).hasMessageContaining(" is a directory.");
        assertThatThrownBy(() -> ReportFile.check(directory.resolve("missing/out.json")))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("there is no directory ");
    }
}
