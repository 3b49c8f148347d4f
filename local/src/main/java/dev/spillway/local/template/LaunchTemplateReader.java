package dev.spillway.local.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an {@code AWS::EC2::LaunchTemplate} as far as a container instance shows it. */
final class LaunchTemplateReader {

    private static final Set<String> KNOWN = Set.of("LaunchTemplateName", "LaunchTemplateData", "TagSpecifications");
    private static final Set<String> KNOWN_DATA = Set.of(
            "ImageId",
            "InstanceType",
            "IamInstanceProfile",
            "SecurityGroupIds",
            "MetadataOptions",
            "Monitoring",
            "BlockDeviceMappings",
            "TagSpecifications",
            "UserData");
    private static final Pattern AGENT_SETTING = Pattern.compile("(?m)^\\s*(ECS_[A-Z_]+)=(.*)$");

    private LaunchTemplateReader() {}

    static LaunchTemplateResource read(Resource resource, Properties properties) {
        Properties data = properties
                .only(KNOWN)
                .object("LaunchTemplateData")
                .orElseThrow(() -> new TemplateException(
                        properties.line(), "%s needs LaunchTemplateData.".formatted(resource.logicalId())))
                .only(KNOWN_DATA);
        Map<String, String> agent = new LinkedHashMap<>();
        Matcher setting = AGENT_SETTING.matcher(data.requiredText("UserData"));
        while (setting.find()) {
            agent.put(setting.group(1), setting.group(2).strip());
        }
        return new LaunchTemplateResource(
                resource.logicalId(), resource.name(), data.requiredText("InstanceType"), agent);
    }
}
