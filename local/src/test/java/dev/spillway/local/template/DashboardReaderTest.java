package dev.spillway.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.local.template.DashboardWidget.Annotation;
import dev.spillway.local.template.DashboardWidget.Axis;
import dev.spillway.local.template.DashboardWidget.Expression;
import dev.spillway.local.template.DashboardWidget.Look;
import dev.spillway.local.template.DashboardWidget.Metric;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DashboardReaderTest {

    private static final ResourceValues VALUES =
            new LocalResourceValues("us-east-1", "000000000000", URI.create("http://127.0.0.1:9324"));

    private static final String PROPERTIES = """
            "title": "Work", "region": "${AWS::Region}", "metrics": [["Ours", "Done"]]\
            """;

    private static final Look PLAIN = new Look(Optional.empty(), Optional.empty(), Axis.LEFT, true);

    @Test
    void a_widget_is_read_with_all_that_it_says() {
        DashboardWidget widget = only("""
                {"type": "metric", "x": 8, "y": 6, "width": 16, "height": 7, "properties": {"title": "Work",
                 "region": "us-east-1", "view": "timeSeries", "stat": "Sum", "period": 120, "stacked": true,
                 "annotations": {"horizontal": [{"label": "alarm", "value": 2.5}, {"value": -1, "yAxis": "right"}]},
                 "metrics": [
                   ["Ours", "Done", "Queue", "${AWS::StackName}-q", "Zone", "a", {"id": "d", "stat": "p99", "visible": false}],
                   ["Ours", "Left", {"label": "left", "yAxis": "right"}],
                   [{"expression": "d * 2", "label": "twice", "id": "e"}]]}}\
                """);

        assertThat(widget)
                .isEqualTo(new DashboardWidget(
                        "Work",
                        8,
                        6,
                        16,
                        7,
                        Duration.ofMinutes(2),
                        true,
                        List.of(
                                new Metric(
                                        "Ours",
                                        "Done",
                                        Map.of("Queue", "spillway-q", "Zone", "a"),
                                        "p99",
                                        new Look(Optional.of("d"), Optional.empty(), Axis.LEFT, false)),
                                new Metric(
                                        "Ours",
                                        "Left",
                                        Map.of(),
                                        "Sum",
                                        new Look(Optional.empty(), Optional.of("left"), Axis.RIGHT, true)),
                                new Expression(
                                        "d * 2", new Look(Optional.of("e"), Optional.of("twice"), Axis.LEFT, true))),
                        List.of(new Annotation("alarm", 2.5, Axis.LEFT), new Annotation("", -1, Axis.RIGHT))));
    }

    @Test
    void what_is_left_out_has_the_defaults_of_cloudwatch() {
        DashboardWidget widget = only("""
                {"type": "metric", "x": 0, "y": 0, "properties": {"region": "us-east-1", "metrics": [["Ours", "Done"]]}}\
                """);

        assertThat(widget)
                .isEqualTo(new DashboardWidget(
                        "",
                        0,
                        0,
                        6,
                        6,
                        Duration.ofMinutes(5),
                        false,
                        List.of(new Metric("Ours", "Done", Map.of(), "Average", PLAIN)),
                        List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "stat": "Sum", "colour": 1                  | properties.colour is not known to the local system; known are
            "view": "singleValue"                       | properties.view is "singleValue", which is not known
            "region": "eu-west-1"                       | properties.region is "eu-west-1", which is not known
            "period": 90                                | properties.period is 90 and not a multiple of 60
            "period": 30                                | properties.period is a whole number from 60 to 86400
            "period": "60"                              | properties.period is a whole number from 60 to 86400
            "stacked": "yes"                            | properties.stacked is true or false
            "stat": 99                                  | properties.stat is a text
            "metrics": {}                               | properties.metrics is a list
            "metrics": []                               | properties.metrics is missing or empty
            "metrics": ["Ours"]                         | properties.metrics[0] is a list that is not empty
            "metrics": [["Ours"]]                       | properties.metrics[0] is a namespace, a name, and dimensions
            "metrics": [["Ours", "Done", "Queue"]]      | properties.metrics[0] is a namespace, a name, and dimensions
            "metrics": [["Ours", "Done", {}, "Queue"]]  | properties.metrics[0][2] is a text that is not blank
            "metrics": [["Ours", "Done"], ["...", "x"]] | properties.metrics[1][0] repeats the row before
            "metrics": [["Ours", "Done"], [".", "x"]]   | properties.metrics[1][0] repeats the row before
            "metrics": [["O", "D", "Q", "a", "Q", "b"]] | properties.metrics[0] has the dimension Q twice
            "metrics": [["Ours", "Done", {"color": 1}]] | properties.metrics[0].color is not known to the local system
            "metrics": [["O", "D", {"yAxis": "top"}]]   | properties.metrics[0].yAxis is "top", which is not known
            "metrics": [["O", "D", {"visible": 1}]]     | properties.metrics[0].visible is true or false
            "metrics": [[{"label": "x"}]]               | properties.metrics[0].expression is missing
            "metrics": [[{"expression": "m"}, "x"]]     | properties.metrics[0] is an expression, and has something behind it
            "metrics": [[{"expression": "m", "z": 1}]]  | properties.metrics[0].z is not known to the local system
            "annotations": {"vertical": []}             | properties.annotations.vertical is not known
            "annotations": {"horizontal": [{}]}         | properties.annotations.horizontal[0].value is missing
            "annotations": {"horizontal": [[]]}         | properties.annotations.horizontal[0] is an object
            "annotations": {"horizontal": [{"value": "1"}]}         | properties.annotations.horizontal[0].value is a number
            "annotations": {"horizontal": [{"value": 1, "z": 2}]}   | properties.annotations.horizontal[0].z is not known
            """)
    void what_is_not_known_names_the_widget_and_the_field(String property, String sentence) {
        String name = property.substring(0, property.indexOf(':') + 1);
        String others = name.equals("\"metrics\":") || name.equals("\"region\":") ? "" : PROPERTIES + ", ";
        String missing = name.equals("\"metrics\":")
                ? "\"title\": \"Work\", \"region\": \"us-east-1\", "
                : name.equals("\"region\":") ? "\"title\": \"Work\", \"metrics\": [[\"Ours\", \"Done\"]], " : others;

        assertThatThrownBy(() -> only(widget("\"x\": 0, \"y\": 0", missing + property)))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith(
                        "template.yaml, line 6: widget 1 of the dashboard Board, \"Work\": " + sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "x": 24, "y": 0                | x is a whole number from 0 to 23
            "x": 0.5, "y": 0               | x is a whole number from 0 to 23
            "y": 0                         | x is missing
            "x": 0                         | y is missing
            "x": 0, "y": -1                | y is a whole number from 0
            "x": 0, "y": 0, "width": 25    | width is a whole number from 1 to 24
            "x": 0, "y": 0, "height": 0    | height is a whole number from 1 to 1000
            "x": 0, "y": 0, "depth": 1     | depth is not known to the local system
            """)
    void so_does_a_wrong_place(String place, String sentence) {
        assertThatThrownBy(() -> only(widget(place, PROPERTIES)))
                .hasMessageStartingWith(
                        "template.yaml, line 6: widget 1 of the dashboard Board, \"Work\": " + sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"widgets": [{"type": "text", "properties": {}}]} | widget 1 of the dashboard Board: type is "text", which is not known
            {"widgets": [7]}                                  | widget 1 of the dashboard Board: it is an object
            {"widgets": {}}                                   | the dashboard Board: widgets is a list
            {"start": "-PT1H"}                                | the dashboard Board: start is not known
            {"widgets": [}                                    | the body of the dashboard Board is not JSON, at its line
            {"widgets": [], "widgets": []}                    | the body of the dashboard Board is not JSON, at its line
            {"widgets": []} x                                 | the body of the dashboard Board is not JSON, at its line
            """)
    void so_does_a_wrong_body(String body, String sentence) {
        assertThatThrownBy(() -> read(body)).hasMessageStartingWith("template.yaml, line 6: " + sentence);
    }

    @Test
    void the_dashboard_of_the_real_template_is_known_whatever_the_parameters() {
        assertThat(Templates.allSides())
                .allSatisfy(template -> assertThat(template.dashboards())
                        .singleElement()
                        .satisfies(dashboard -> assertThat(dashboard.widgets())
                                .hasSizeGreaterThan(10)
                                .allSatisfy(widget -> assertThat(widget.title()).isNotEmpty())));
    }

    private static String widget(String place, String properties) {
        return "{\"type\": \"metric\", %s, \"properties\": {%s}}".formatted(place, properties);
    }

    private static DashboardWidget only(String widget) {
        return read("{\"widgets\": [%s]}".formatted(widget)).widgets().getFirst();
    }

    private static DashboardResource read(String body) {
        String template = """
                Resources:
                  Board:
                    Type: AWS::CloudWatch::Dashboard
                    Properties:
                      DashboardName: board
                      DashboardBody: !Sub |
                %s
                """.formatted(body.indent(8));
        return Template.read(
                        new StringReader(template),
                        new Deployment("spillway", "us-east-1", "000000000000", Map.of()),
                        VALUES)
                .dashboards()
                .getFirst();
    }
}
