package dev.spillway.local.template;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The real template.yaml with either side of all of its conditions, and every reference in it resolved. */
public final class Templates {

    /** The account of the recorded events. */
    static final String ACCOUNT = "012345678910";

    static final Path FILE = Path.of("..", "template.yaml");

    /** With these, every condition holds but {@code ManagedScaling}. */
    static final Map<String, String> EVERYTHING = Map.ofEntries(
            Map.entry("TaskRoles", "arn:aws:iam::012345678910:role/task"),
            Map.entry("SecurityGroups", "sg-0123456789abcdef0"),
            Map.entry("Headroom", "0"),
            Map.entry("SpotFleetId", "sfr-73fbd2ce-aa30-494c-8788-1cee4be2f6c1"),
            Map.entry("AlarmEmail", "somebody@example.org"),
            Map.entry("EfsFileSystemId", "fs-0123456789abcdef0"),
            Map.entry("NightlySchedule", "cron(0 3 * * ? *)"),
            Map.entry("LogRouting", "firelens"),
            Map.entry("OpenSearchDomain", "logs"),
            Map.entry("OpenSearchEndpoint", "search-logs-abc.us-east-1.es.amazonaws.com"),
            Map.entry("GraphqlApi", "enabled"));

    /** With these, only {@code StepScaling} holds. */
    static final Map<String, String> NOTHING = Map.of("SecondSpotInstanceType", "", "ThirdSpotInstanceType", "");

    /** The same with ECS's capacity providers; a Spot Fleet has none. */
    static final Map<String, String> EVERYTHING_MANAGED = managed(EVERYTHING);

    private Templates() {}

    static Map<String, String> managed(Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(parameters);
        all.put("Ec2CapacityMode", "ManagedScaling");
        all.remove("SpotFleetId");
        return Map.copyOf(all);
    }

    static Template with(Map<String, String> parameters) {
        return with(parameters, new AnyValues());
    }

    static Template with(Map<String, String> parameters, ResourceValues values) {
        Map<String, String> given = new HashMap<>(parameters);
        // It has no default: everybody has subnets of their own.
        given.putIfAbsent("Subnets", "subnet-0123456789abcdef0");
        return Template.read(FILE, deployment(given), values);
    }

    /** The same as a stack of another name. */
    static Template named(String stack, Map<String, String> parameters) {
        Map<String, String> given = new HashMap<>(parameters);
        given.putIfAbsent("Subnets", "subnet-0123456789abcdef0");
        return Template.read(FILE, new Deployment(stack, "us-east-1", ACCOUNT, given), new AnyValues());
    }

    static Stream<Template> allSides() {
        return Stream.of(with(Map.of()), with(EVERYTHING), with(EVERYTHING_MANAGED));
    }

    static Deployment deployment(Map<String, String> parameters) {
        return new Deployment("spillway", "us-east-1", ACCOUNT, parameters);
    }

    /** The jar that is deployed as a function's code; it is there when the modules are packaged. */
    public static Path code(FunctionResource function) {
        Template.Resolved resolved =
                Objects.requireNonNull(with(Map.of()).resolved().get(function.logicalId()));
        return FILE.resolveSibling(resolved.properties().path("CodeUri").asText());
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
