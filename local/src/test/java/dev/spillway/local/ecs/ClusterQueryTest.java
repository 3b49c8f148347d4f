package dev.spillway.local.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterQueryTest {

    private static final InstanceView INSTANCE = new InstanceView(
            "arn:instance",
            "i-0123",
            true,
            Map.of(
                    "ecs.instance-type", "m5.large",
                    "ecs.availability-zone", "us-east-1a",
                    "spillway.capacity", "spot",
                    "rack", "7"),
            1024,
            2048,
            1,
            0,
            Set.of(),
            Set.of(),
            3,
            Map.of("family:web", 2),
            Instant.parse("2026-11-01T00:00:00Z"));

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            attribute:spillway.capacity == spot                                   ; true
            attribute:spillway.capacity == on-demand                              ; false
            attribute:spillway.capacity != on-demand                              ; true
            attribute:spillway.capacity equals spot                               ; true
            attribute:nothing == spot                                             ; false
            attribute:nothing != spot                                             ; true
            attribute:nothing exists                                              ; false
            attribute:nothing !exists                                             ; true
            attribute:nothing not_exists                                          ; true
            attribute:rack exists                                                 ; true
            attribute:ecs.availability-zone in [us-east-1a, us-east-1b]           ; true
            attribute:ecs.availability-zone in [us-east-1b]                       ; false
            attribute:ecs.availability-zone not_in [us-east-1b]                   ; true
            attribute:ecs.availability-zone !in [us-east-1a]                      ; false
            attribute:ecs.instance-type =~ m5.*                                   ; true
            attribute:ecs.instance-type =~ m5                                     ; false
            attribute:ecs.instance-type !~ c5.*                                   ; true
            attribute:ecs.instance-type matches (m5|c5)\\.large                   ; error
            attribute:ecs.instance-type matches "(m5|c5)\\.large"                 ; true
            attribute:rack > 10                                                   ; false
            attribute:rack < 10                                                   ; true
            runningTasksCount >= 3                                                ; true
            runningTasksCount < 3                                                 ; false
            runningTasksCount greater_than 2                                      ; true
            agentConnected == true                                                ; true
            ec2InstanceId in ["i-0123"]                                           ; true
            task:group == family:web                                              ; true
            task:group == family:batch                                            ; false
            registeredAt < 2026-12-01                                             ; true
            not attribute:rack exists                                             ; false
            not(task:group == family:batch)                                       ; true
            !(runningTasksCount == 3)                                             ; false
            attribute:rack == 7 and attribute:spillway.capacity == on-demand      ; false
            attribute:rack == 8 or attribute:rack == 7 and agentConnected == true ; true
            (attribute:rack == 7 or attribute:rack == 8) && agentConnected == false ; false
            attribute:rack==7||attribute:rack==8                                  ; true
            """)
    void anExpressionMatchesOrNot(String expression, String expected) {
        if (expected.equals("error")) {
            assertThatIllegalArgumentException().isThrownBy(() -> ClusterQueryParser.parse(expression));
        } else {
            assertThat(ClusterQueryParser.parse(expression).matches(INSTANCE)).isEqualTo(Boolean.valueOf(expected));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "attribute:",
                "attribute:rack",
                "attribute:rack ==",
                "attribute:rack == 7 and",
                "(attribute:rack == 7",
                "attribute:rack == 7)",
                "attribute:rack in us-east-1a",
                "attribute:rack in [a b]",
                "attribute:rack in []",
                "attribute:rack like 7",
                "attribute:rack !matches 7",
                "attribute:rack =~ [",
                "colour == red",
                "agentVersion > 1.0",
                "attribute:rack == \"7",
            })
    void anExpressionThatCannotBeReadIsRefused(String expression) {
        assertThatIllegalArgumentException().isThrownBy(() -> ClusterQueryParser.parse(expression));
    }
}
