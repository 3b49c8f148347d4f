package dev.spillway.drain.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EVENTS = Path.of("..", "events");
    private static final String INSTANCE = "i-0d9f1e2a3b4c5d6e7";
    private static final String TERMINATE = "autoscaling-instance-terminate.json";

    private final EventReader reader =
            new EventReader(List.of("spillway-spot", "spillway-on-demand"), "spillway-drain", "spillway");

    @Test
    void a_lifecycle_action_names_group_and_instance() {
        assertThat(reader.read(event(TERMINATE))).isEqualTo(new Event.Terminating("spillway-spot", INSTANCE));
    }

    @Test
    void a_Spot_notice_names_the_instance_and_says_whether_it_is_sure() {
        assertThat(reader.read(event("ec2-spot-interruption-warning.json"))).isEqualTo(new Event.SpotNotice(INSTANCE));
        assertThat(reader.read(event("ec2-rebalance-recommendation.json"))).isEqualTo(new Event.Rebalance(INSTANCE));
    }

    @Test
    void the_schedule_is_a_wake_up() {
        assertThat(reader.read(event("schedule.json"))).isEqualTo(new Event.WakeUp());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "[]",
                "7",
                "\"go\"",
                "",
                "{\"source\":7}",
                "{\"source\":\"me\",\"detail-type\":\"go\"}"
            })
    void whatever_is_no_event_about_an_instance_is_a_wake_up(String json) throws IOException {
        assertThat(reader.read(JSON.readTree(json))).isEqualTo(new Event.WakeUp());
    }

    @ParameterizedTest
    @CsvSource({
        "AutoScalingGroupName, others, an instance of another group",
        "LifecycleHookName, theirs, the lifecycle action of another hook",
        "AutoScalingGroupName, '', 'a lifecycle action without a group, a hook or an instance'",
        "LifecycleHookName, '', 'a lifecycle action without a group, a hook or an instance'",
        "EC2InstanceId, '', 'a lifecycle action without a group, a hook or an instance'",
        "EC2InstanceId, '*', 'a lifecycle action without a group, a hook or an instance'",
        "EC2InstanceId, 'i-1] or agentConnected == true', 'a lifecycle action without a group, a hook or an instance'"
    })
    void a_lifecycle_action_of_others_or_in_parts_is_ignored(String field, String value, String why) {
        ObjectNode event = event(TERMINATE);
        ((ObjectNode) event.get("detail")).put(field, value);
        assertThat(reader.read(event)).isEqualTo(new Event.Ignored(why));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AutoScalingGroupName", "LifecycleHookName", "EC2InstanceId"})
    void a_lifecycle_action_with_a_field_missing_or_of_another_type_is_ignored(String field) {
        ObjectNode event = event(TERMINATE);
        ((ObjectNode) event.get("detail")).put(field, 7);
        assertThat(reader.read(event)).isInstanceOf(Event.Ignored.class);
        ((ObjectNode) event.get("detail")).remove(field);
        assertThat(reader.read(event)).isInstanceOf(Event.Ignored.class);
        event.putArray("detail");
        assertThat(reader.read(event)).isInstanceOf(Event.Ignored.class);
    }

    @Test
    void a_Spot_notice_without_an_instance_is_ignored() {
        ObjectNode event = event("ec2-spot-interruption-warning.json");
        ((ObjectNode) event.get("detail")).remove("instance-id");
        assertThat(reader.read(event)).isEqualTo(new Event.Ignored("a Spot notice without an instance"));
    }

    @ParameterizedTest
    @ValueSource(strings = {TERMINATE, "ec2-spot-interruption-warning.json", "ec2-rebalance-recommendation.json"})
    void an_event_of_another_account_is_ignored_if_ours_is_known(String file) {
        EventReader byArn = new EventReader(
                List.of("spillway-spot"), "spillway-drain", "arn:aws:ecs:us-east-1:012345678910:cluster/spillway");
        ObjectNode event = event(file);
        assertThat(byArn.read(event)).isNotInstanceOf(Event.Ignored.class);
        event.put("account", "999999999999");
        assertThat(byArn.read(event)).isEqualTo(new Event.Ignored("an instance of another account"));
        assertThat(reader.read(event)).isNotInstanceOf(Event.Ignored.class);
    }

    private static ObjectNode event(String file) {
        try {
            JsonNode json = JSON.readTree(EVENTS.resolve(file).toFile());
            return (ObjectNode) json;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
