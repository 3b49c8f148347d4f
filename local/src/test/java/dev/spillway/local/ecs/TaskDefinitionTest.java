package dev.spillway.local.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

class TaskDefinitionTest {

    private static final String GOOD = """
            {
              "family": "word-count",
              "networkMode": "awsvpc",
              "requiresCompatibilities": ["FARGATE"],
              "cpu": "0.5 vCPU",
              "memory": "1 GB",
              "runtimePlatform": {"cpuArchitecture": "ARM64"},
              "containerDefinitions": [
                {"name": "main", "image": "busybox", "command": ["wc", "-w"], "essential": true,
                 "environment": [{"name": "A", "value": "b"}],
                 "portMappings": [{"containerPort": 80}],
                 "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "g"}}}
              ]
            }
            """;

    @TempDir
    Path dir;

    private RegisterTaskDefinitionRequest read(String json) throws IOException {
        return TaskDefinitionFile.read(Files.writeString(dir.resolve("task.json"), json));
    }

    @Test
    void aFileInTheFormOfTheCommandLineIsRegistered() throws IOException {
        SimulatedCluster cluster = new SimulatedCluster();

        TaskDefinition first = cluster.ecs.registerTaskDefinition(read(GOOD));
        cluster.ecs.registerTaskDefinition(read(GOOD));

        ContainerDefinition container = first.containerDefinitions().getFirst();
        assertThat(container.command()).containsExactly("wc", "-w");
        assertThat(container.environment().getFirst().value()).isEqualTo("b");
        assertThat(container.logConfiguration().options()).containsEntry("awslogs-group", "g");
        assertThat(first.compatibilities()).containsExactly(Compatibility.EC2, Compatibility.FARGATE);
        assertThat(Stream.of("word-count", "word-count:1", first.taskDefinitionArn())
                        .map(name -> cluster.client
                                .describeTaskDefinition(r -> r.taskDefinition(name))
                                .taskDefinition()
                                .revision()))
                .containsExactly(2, 1, 1);
        assertThat(cluster.client.listTaskDefinitionFamilies().families()).containsExactly("word-count");
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of("\"family\"", "\"famly\"", "unknown field famly"),
                Arguments.of("\"essential\"", "\"esential\"", "unknown field containerDefinitions[0].esential"),
                Arguments.of("[\"wc\", \"-w\"]", "\"wc -w\"", "containerDefinitions[0].command must be a list"),
                Arguments.of("\"essential\": true", "\"essential\": \"yes\"", "essential must be true or false"),
                Arguments.of(
                        "80", "80.5", "containerDefinitions[0].portMappings[0].containerPort must be a whole number"),
                Arguments.of("\"0.5 vCPU\"", "512", "cpu must be a string"),
                Arguments.of("\"family\": \"word-count\",", "\"family\": \"a\", \"family\": \"b\",", "Duplicate"),
                Arguments.of("{\n", "{,", "Unexpected character"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void aFileThatIsWrongIsRefusedWithItsNameAndTheField(String good, String bad, String message) {
        assertThatThrownBy(() -> read(GOOD.replace(good, bad)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("task.json")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "256, 512, true", "256, 2048, true", "256, 3072, false", "512, 512, false", "512, 4096, true",
        "1024, 1024, false", "1024, 8192, true", "1024, 1536, false", "4096, 30720, true", "4096, 31744, false",
        "8192, 16384, true", "8192, 17408, false", "8192, 61440, true", "16384, 122880, true", "16384, 36864, false",
        "300, 512, false",
    })
    void fargateHasFixedSizes(int cpu, int memory, boolean exists) {
        assertThat(FargateSizes.has(cpu, memory)).isEqualTo(exists);
    }

    @Test
    void whatFargateCannotRunIsRefusedWhenItIsRequiredAndElseLeftToEc2() {
        SimulatedCluster cluster = new SimulatedCluster();
        RegisterTaskDefinitionRequest bridge = SimulatedCluster.definition("bridge", 256, 512);

        assertThat(cluster.ecs.registerTaskDefinition(bridge).compatibilities()).containsExactly(Compatibility.EC2);
        assertThatThrownBy(() -> cluster.ecs.registerTaskDefinition(bridge.toBuilder()
                        .requiresCompatibilities(Compatibility.FARGATE)
                        .build()))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("Fargate only supports network mode");
    }

    @Test
    void aContainerFieldThatIsNotSimulatedIsRefusedByName() {
        SimulatedCluster cluster = new SimulatedCluster();

        assertThatThrownBy(() -> cluster.ecs.registerTaskDefinition(RegisterTaskDefinitionRequest.builder()
                        .family("f")
                        .containerDefinitions(SimulatedCluster.container("main", 1, 1).toBuilder()
                                .secrets(secret -> secret.name("S").valueFrom("arn"))
                                .build())
                        .build()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("containerDefinitions.secrets");
    }

    @Test
    void anUnknownDefinitionCannotBeDescribed() {
        assertThatThrownBy(() -> new SimulatedCluster().client.describeTaskDefinition(r -> r.taskDefinition("none")))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("Unable to describe task definition.");
    }
}
