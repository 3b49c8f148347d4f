package dev.spillway.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real template with either side of its conditions, and what it names outside of itself. */
class ConditionsTest {

    @Test
    void nothing_and_everything_are_the_two_sides_of_every_condition() {
        assertThat(Templates.with(Templates.NOTHING).conditions())
                .hasSizeGreaterThan(8)
                .allSatisfy((name, holds) -> assertThat(holds).as(name).isEqualTo(name.equals("StepScaling")));
        assertThat(Templates.with(Templates.EVERYTHING).conditions())
                .allSatisfy((name, holds) -> assertThat(holds).as(name).isEqualTo(!name.equals("ManagedScaling")));
        assertThat(Templates.with(Templates.EVERYTHING_MANAGED).conditions())
                .allSatisfy((name, holds) -> assertThat(holds)
                        .as(name)
                        .isEqualTo(!Set.of("StepScaling", "HasSpotFleet").contains(name)));
    }

    @Test
    void all_resources_and_outputs_resolve_on_both_sides() {
        Template least = Templates.with(Map.of());
        Template most = Templates.with(Templates.EVERYTHING);

        assertThat(least.outputs()).doesNotContainValue("").doesNotContainKeys("GraphqlUrl", "GraphqlReadPolicyArn");
        assertThat(most.outputs())
                .doesNotContainValue("")
                .containsAllEntriesOf(least.outputs())
                .containsKeys("GraphqlUrl", "GraphqlReadPolicyArn")
                .hasSize(least.outputs().size() + 2);
        assertThat(most.resolved().keySet())
                .containsAll(least.resolved().keySet())
                .contains(
                        "AlarmEmailSubscription",
                        "SampleAccessPoint",
                        "SampleEfsTaskDefinition",
                        "NightlyTask",
                        "NightlyRole");
        assertThat(most.resolved().keySet())
                .filteredOn(name -> !least.resolved().containsKey(name) && !name.startsWith("Graphql"))
                .hasSize(5);
    }

    @Test
    void nothing_of_graphql_is_there_unless_it_is_asked_for() {
        assertThat(Templates.with(Map.of()).resolved())
                .noneSatisfy((name, resource) ->
                        assertThat(name + resource.type()).matches("Graphql.*|.*AWS::AppSync::.*|.*AWS::Events::Rule"));
    }

    /** The local system asks from many threads. */
    @Test
    void outputs_may_be_asked_for_by_many_at_once() {
        Template template = Templates.with(Templates.EVERYTHING);
        Map<String, String> outputs = template.outputs();

        assertThat(IntStream.range(0, 2_000)
                        .parallel()
                        .mapToObj(i -> template.outputs())
                        .toList())
                .containsOnly(outputs);
    }

    /** In one mode Spillway scales the groups and drains their instances, in the other ECS does. */
    @Test
    void each_mode_has_what_scales_and_drains_and_nothing_of_the_other() throws Exception {
        for (Map<String, String> parameters : List.of(Map.<String, String>of(), Templates.EVERYTHING)) {
            Template steps = Templates.with(parameters);
            Template managed = Templates.with(Templates.managed(parameters));

            assertThat(without(steps, managed))
                    .containsExactlyInAnyOrder(
                            "SpotTerminateHook",
                            "OnDemandTerminateHook",
                            "ScaleOutPolicy",
                            "ScaleInPolicy",
                            "SchedulableContainersLowAlert",
                            "SchedulableContainersHighAlert",
                            "DrainHookFunction",
                            "DrainHookErrorsAlarm",
                            "DrainHookLog",
                            "SpotFallbackFunction",
                            "SpotFallbackErrorsAlarm",
                            "SpotFallbackUnknownAlarm",
                            "LargestContainerAlarm",
                            "SpotFallbackLog");
            assertThat(without(managed, steps))
                    .containsExactlyInAnyOrder("SpotCapacityProvider", "OnDemandCapacityProvider");
            assertThat(managed.outputs()).isEqualTo(steps.outputs());
            String ofSteps = dashboard(steps);
            String ofManaged = dashboard(managed);
            assertThat(local(parameters).dashboards().getFirst().widgets()).hasSize(15);
            assertThat(local(Templates.managed(parameters))
                            .dashboards()
                            .getFirst()
                            .widgets())
                    .hasSize(14);
            assertThat(ofSteps)
                    .contains("drain-hook", "spot-fallback", "the Spot group grows", "the Spot group shrinks")
                    .doesNotContain("CapacityProviderReservation");
            assertThat(ofManaged)
                    .contains("CapacityProviderReservation", "spot-spillway", "on-demand-spillway")
                    .doesNotContain("drain-hook", "spot-fallback", "the Spot group");
        }
    }

    private static String dashboard(Template template) {
        return Objects.requireNonNull(template.resolved().get("Dashboard"))
                .properties()
                .path("DashboardBody")
                .asText();
    }

    private static Set<String> without(Template one, Template other) {
        Set<String> names = new HashSet<>(one.resolved().keySet());
        names.removeAll(other.resolved().keySet());
        return names;
    }

    /** What the local system starts is known to it, whatever a deployment asks for. */
    @Test
    void the_local_system_knows_both_sides() {
        Template least = local(Map.of());
        Template most = local(Templates.EVERYTHING);

        assertThat(most.functions()).hasSameSizeAs(least.functions()).isNotEmpty();
        assertThat(most.alarms()).hasSameSizeAs(least.alarms()).isNotEmpty();
        assertThat(most.topics()).isEqualTo(least.topics()).hasSize(1);
        assertThat(most.autoScalingGroups()).hasSameSizeAs(least.autoScalingGroups());
        assertThat(most.outputs())
                .containsKeys("GraphqlUrl")
                .containsKeys(least.outputs().keySet().toArray(String[]::new));
    }

    @Test
    void a_deployment_is_refused_whose_parameters_break_a_rule() {
        assertThatThrownBy(() -> Templates.with(Map.of("LogRouting", "firelens", "OpenSearchDomain", "logs")))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("LogRouting firelens needs the host name of the OpenSearch domain");
        assertThatThrownBy(() -> Templates.with(Map.of(
                        "Ec2CapacityMode",
                        "ManagedScaling",
                        "SpotFleetId",
                        "sfr-73fbd2ce-aa30-494c-8788-1cee4be2f6c1")))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("a capacity provider has no Spot Fleet");
        assertThatThrownBy(() -> Template.read(
                        Templates.FILE,
                        Templates.deployment(Map.of()),
                        new LocalResourceValues("us-east-1", Templates.ACCOUNT, URI.create("http://127.0.0.1:9324"))))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("the parameter Subnets has no default");
    }

    @Test
    void the_local_system_knows_the_capacity_providers_of_the_groups() {
        Template managed = local(Templates.managed(Map.of("TargetCapacity", "90", "InstanceWarmUpSeconds", "60")));
        CapacityProviderResource spot = new CapacityProviderResource(
                "SpotCapacityProvider",
                "spot-spillway",
                "spillway-spot",
                90,
                Duration.ofSeconds(60),
                1,
                100,
                true,
                true);

        assertThat(managed.capacityProviders()).hasSize(2).first().isEqualTo(spot);
        assertThat(managed.clusters().getFirst().capacityProviders())
                .containsExactly("FARGATE", "FARGATE_SPOT", "spot-spillway", "on-demand-spillway");
        assertThat(managed.autoScalingGroups()).allMatch(AutoScalingGroupResource::protectsNewInstances);
        assertThat(managed.lifecycleHooks()).isEmpty();
        assertThat(managed.scalingPolicies()).isEmpty();

        Template steps = local(Map.of());
        assertThat(steps.capacityProviders()).isEmpty();
        assertThat(steps.clusters().getFirst().capacityProviders()).containsExactly("FARGATE", "FARGATE_SPOT");
        assertThat(steps.autoScalingGroups()).noneMatch(AutoScalingGroupResource::protectsNewInstances);
    }

    /** SAM and CloudFormation give the name of a capacity provider as it is; ECS refuses these. */
    @Test
    void no_name_of_a_stack_makes_a_name_that_ECS_refuses() {
        Template template = Template.read(
                Templates.FILE,
                new Deployment(
                        "ecs-jobs",
                        "us-east-1",
                        Templates.ACCOUNT,
                        Templates.managed(Map.of("Subnets", "subnet-0123456789abcdef0"))),
                new LocalResourceValues("us-east-1", Templates.ACCOUNT, URI.create("http://127.0.0.1:9324")));

        assertThat(template.capacityProviders())
                .extracting(CapacityProviderResource::name)
                .containsExactly("spot-ecs-jobs", "on-demand-ecs-jobs");
    }

    /** What docs/deploy.md allows; the limits are those of the API references of SQS, AppConfig and ECS. */
    @Test
    void a_stack_whose_name_has_64_characters_has_no_name_that_is_too_long() {
        Map<String, Map.Entry<String, Integer>> limits = Map.of(
                "AWS::SQS::Queue", Map.entry("QueueName", 80),
                "AWS::AppConfig::Application", Map.entry("Name", 64),
                "AWS::ECS::CapacityProvider", Map.entry("Name", 255),
                "AWS::DynamoDB::Table", Map.entry("TableName", 255),
                "AWS::SNS::Topic", Map.entry("TopicName", 256),
                "AWS::AutoScaling::AutoScalingGroup", Map.entry("AutoScalingGroupName", 255),
                "AWS::CloudWatch::Alarm", Map.entry("AlarmName", 255),
                "AWS::Logs::LogGroup", Map.entry("LogGroupName", 512));
        Template template = Templates.named("S".repeat(64), Templates.EVERYTHING_MANAGED);

        assertThat(template.resolved().values().stream()
                        .map(Template.Resolved::type)
                        .collect(Collectors.toSet()))
                .containsAll(limits.keySet());
        assertThat(template.resolved()).allSatisfy((logicalId, resource) -> {
            Map.Entry<String, Integer> limit = limits.getOrDefault(resource.type(), Map.entry("none", 0));
            assertThat(resource.properties().path(limit.getKey()).asText())
                    .as(logicalId)
                    .hasSizeLessThanOrEqualTo(limit.getValue());
        });
    }

    static Stream<Map.Entry<String, Template.Resolved>> functions() {
        return Templates.with(Map.of()).resolved().entrySet().stream()
                .filter(resource -> resource.getValue().type().equals("AWS::Serverless::Function"));
    }

    /** The parent's pom.xml gives the jar of each function module this name. */
    @ParameterizedTest
    @MethodSource("functions")
    void the_code_of_each_function_is_the_jar_of_a_module(Map.Entry<String, Template.Resolved> function)
            throws Exception {
        String code = function.getValue().properties().path("CodeUri").asText();
        String module = code.substring(0, code.indexOf('/'));

        assertThat(code).isEqualTo("%s/target/%s-deploy.jar".formatted(module, module));
        assertThat(Files.readString(Path.of("..", "pom.xml"))).contains("<module>%s</module>".formatted(module));
        assertThat(Files.readString(Path.of("..", module, "pom.xml")))
                .contains("<artifactId>%s</artifactId>".formatted(module));
        String handler = function.getValue().properties().path("Handler").asText();
        assertThat(Path.of("..", module, "src/main/java", handler.replace('.', '/') + ".java"))
                .exists();
    }

    static Template local(Map<String, String> parameters) {
        return Templates.with(
                parameters,
                new LocalResourceValues("us-east-1", Templates.ACCOUNT, URI.create("http://127.0.0.1:9324")));
    }
}
