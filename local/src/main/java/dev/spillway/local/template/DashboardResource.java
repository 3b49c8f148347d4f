package dev.spillway.local.template;

import java.util.List;

/**
 * A CloudWatch dashboard of the template.
 *
 * @param name the dashboard's name in the account
 * @param line of its body, counted from 1
 * @param widgets in the order of the template
 */
public record DashboardResource(String logicalId, String name, int line, List<DashboardWidget> widgets) {
    public DashboardResource {
        widgets = List.copyOf(widgets);
    }
}
