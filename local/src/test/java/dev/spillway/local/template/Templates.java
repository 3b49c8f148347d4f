package dev.spillway.local.template;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The real template.yaml with either side of all of its conditions, and every reference in it resolved. */
final class Templates {

    /** The account of the recorded events. */
    static final String ACCOUNT = "012345678910";

    static final Path FILE = Path.of("..", "template.yaml");

    /** With these, every condition holds; with the defaults, none does. */
    static final Map<String, String> EVERYTHING = Map.of(
            "TaskRoles", "arn:aws:iam::012345678910:role/task",
            "SecurityGroups", "sg-0123456789abcdef0",
            "Headroom", "0",
            "SpotFleetId", "sfr-73fbd2ce-aa30-494c-8788-1cee4be2f6c1",
            "AlarmEmail", "somebody@example.org",
            "EfsFileSystemId", "fs-0123456789abcdef0",
            "NightlySchedule", "cron(0 3 * * ? *)",
            "GraphqlApi", "enabled");

    private Templates() {}

    static Template with(Map<String, String> parameters) {
        return Template.read(FILE, deployment(parameters), new AnyValues());
    }

    static Stream<Template> bothSides() {
        return Stream.of(with(Map.of()), with(EVERYTHING));
    }

    static Deployment deployment(Map<String, String> parameters) {
        return new Deployment("spillway", "us-east-1", ACCOUNT, parameters);
    }

    /** Gives every reference and attribute a value that says what it is; on one machine only those that run there have one. */
    private static final class AnyValues implements ResourceValues {

        @Override
        public Optional<String> ref(Resource resource) {
            return Optional.of(resource.name());
        }

        @Override
        public Optional<String> attribute(Resource resource, String attribute) {
            return Optional.of("%s.%s".formatted(resource.name(), attribute));
        }
    }
}
