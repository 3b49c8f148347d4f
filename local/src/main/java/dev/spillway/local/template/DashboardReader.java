package dev.spillway.local.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.spillway.local.template.DashboardWidget.Annotation;
import dev.spillway.local.template.DashboardWidget.Axis;
import dev.spillway.local.template.DashboardWidget.Expression;
import dev.spillway.local.template.DashboardWidget.Look;
import dev.spillway.local.template.DashboardWidget.Metric;
import dev.spillway.local.template.DashboardWidget.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads an {@code AWS::CloudWatch::Dashboard} (CloudWatch API reference, "Dashboard body structure and syntax"); what is
 * left out has CloudWatch's default. Whether there is such a statistic, and whether an expression is one, is for CloudWatch
 * to say.
 */
final class DashboardReader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final int LAST_COLUMN = 23;
    private static final int COLUMNS = 24;
    private static final int MOST_ROWS = 1_000;
    private static final int DEFAULT_SIZE = 6;
    private static final int DEFAULT_PERIOD = 300;
    private static final int MINUTE = 60;
    private static final int DAY = 86_400;

    private static final Set<String> KNOWN_WIDGET = Set.of("type", "x", "y", "width", "height", "properties");
    private static final Set<String> KNOWN_PROPERTIES =
            Set.of("title", "region", "view", "stat", "period", "stacked", "metrics", "annotations");
    private static final Set<String> KNOWN_OF_METRIC = Set.of("label", "stat", "id", "yAxis", "visible");
    private static final Set<String> KNOWN_OF_EXPRESSION = Set.of("expression", "label", "id", "yAxis", "visible");
    private static final Set<String> KNOWN_OF_ANNOTATION = Set.of("label", "value", "yAxis");

    private final String region;

    /** @param region whose metrics there are */
    DashboardReader(String region) {
        this.region = region;
    }

    DashboardResource read(Resource resource, Properties properties) {
        properties.only(Set.of("DashboardName", "DashboardBody"));
        String body = properties.requiredText("DashboardBody");
        int line = properties.value("DashboardBody").map(Value::line).orElse(properties.line());
        String owner = "the dashboard " + resource.logicalId();
        BodyFields fields = BodyFields.of(line, owner, json(line, owner, body)).only(Set.of("widgets"));
        List<DashboardWidget> widgets = new ArrayList<>();
        for (JsonNode widget : fields.items("widgets")) {
            String number = "widget %d of %s".formatted(widgets.size() + 1, owner);
            widgets.add(widget(BodyFields.of(line, number, widget), number));
        }
        return new DashboardResource(resource.logicalId(), resource.name(), line, widgets);
    }

    private static JsonNode json(int line, String owner, String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException wrong) {
            throw new TemplateException(
                    line,
                    "the body of %s is not JSON, at its line %d: %s."
                            .formatted(owner, wrong.getLocation().getLineNr(), wrong.getOriginalMessage()));
        }
    }

    private DashboardWidget widget(BodyFields unnamed, String number) {
        String title =
                unnamed.object("properties").flatMap(all -> all.text("title")).orElse("");
        BodyFields fields = title.isEmpty() ? unnamed : unnamed.called("%s, \"%s\"".formatted(number, title));
        fields.only(KNOWN_WIDGET).oneOf("type", "", Set.of("metric"));
        BodyFields properties = fields.object("properties")
                .orElseThrow(() -> fields.wrong("properties", "is missing"))
                .only(KNOWN_PROPERTIES);
        properties.oneOf("view", "timeSeries", Set.of("timeSeries"));
        properties.oneOf("region", "", Set.of(region));
        return new DashboardWidget(
                title,
                fields.requiredWhole("x", 0, LAST_COLUMN),
                fields.requiredWhole("y", 0, Integer.MAX_VALUE),
                fields.whole("width", 1, COLUMNS).orElse(DEFAULT_SIZE),
                fields.whole("height", 1, MOST_ROWS).orElse(DEFAULT_SIZE),
                period(properties),
                properties.flag("stacked", false),
                rows(properties),
                annotations(properties));
    }

    private static Duration period(BodyFields properties) {
        int seconds = properties.whole("period", MINUTE, DAY).orElse(DEFAULT_PERIOD);
        if (seconds % MINUTE != 0) {
            throw properties.wrong("period", "is %d and not a multiple of 60".formatted(seconds));
        }
        return Duration.ofSeconds(seconds);
    }

    private static List<Row> rows(BodyFields properties) {
        String stat = properties.text("stat").orElse("Average");
        List<Row> rows = new ArrayList<>();
        for (JsonNode row : properties.items("metrics")) {
            String name = "metrics[%d]".formatted(rows.size());
            if (!row.isArray() || row.isEmpty()) {
                throw properties.wrong(name, "is a list that is not empty");
            }
            rows.add(row.get(0).isObject() ? expression(properties, name, row) : metric(properties, name, row, stat));
        }
        if (rows.isEmpty()) {
            throw properties.wrong("metrics", "is missing or empty");
        }
        return rows;
    }

    private static Expression expression(BodyFields properties, String name, JsonNode row) {
        if (row.size() > 1) {
            throw properties.wrong(name, "is an expression, and has something behind it");
        }
        BodyFields options = properties.nested(name, row.get(0)).only(KNOWN_OF_EXPRESSION);
        return new Expression(options.requiredText("expression"), look(options));
    }

    private static Metric metric(BodyFields properties, String name, JsonNode row, String stat) {
        boolean hasOptions = row.get(row.size() - 1).isObject();
        int texts = hasOptions ? row.size() - 1 : row.size();
        if (texts < 2 || texts % 2 != 0) {
            throw properties.wrong(name, "is a namespace, a name, and dimensions by name and value");
        }
        for (int i = 0; i < texts; i++) {
            requireText(properties, "%s[%d]".formatted(name, i), row.get(i));
        }
        Map<String, String> dimensions = new LinkedHashMap<>();
        for (int i = 2; i < texts; i += 2) {
            String dimension = row.get(i).textValue();
            if (dimensions.put(dimension, row.get(i + 1).textValue()) != null) {
                throw properties.wrong(name, "has the dimension %s twice".formatted(dimension));
            }
        }
        BodyFields options = properties.nested(name, hasOptions ? row.get(texts) : JSON.createObjectNode());
        options.only(KNOWN_OF_METRIC);
        return new Metric(
                row.get(0).textValue(),
                row.get(1).textValue(),
                dimensions,
                options.text("stat").orElse(stat),
                look(options));
    }

    private static void requireText(BodyFields properties, String name, JsonNode value) {
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw properties.wrong(name, "is a text that is not blank");
        }
        if (value.textValue().matches("\\.+")) {
            throw properties.wrong(
                    name, "repeats the row before, which is not known to the local system; write it out");
        }
    }

    private static Look look(BodyFields options) {
        return new Look(options.text("id"), options.text("label"), axis(options), options.flag("visible", true));
    }

    private static Axis axis(BodyFields options) {
        return options.oneOf("yAxis", "left", Set.of("left", "right")).equals("right") ? Axis.RIGHT : Axis.LEFT;
    }

    private static List<Annotation> annotations(BodyFields properties) {
        List<Annotation> annotations = new ArrayList<>();
        properties.object("annotations").ifPresent(all -> {
            for (JsonNode annotation : all.only(Set.of("horizontal")).items("horizontal")) {
                BodyFields fields = all.nested("horizontal[%d]".formatted(annotations.size()), annotation)
                        .only(KNOWN_OF_ANNOTATION);
                annotations.add(
                        new Annotation(fields.text("label").orElse(""), fields.requiredNumber("value"), axis(fields)));
            }
        });
        return annotations;
    }
}
