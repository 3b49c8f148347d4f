package dev.spillway.local.graphql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What code may not say in the runtime APPSYNC_JS, as far as the text shows it (AppSync developer guide, "Supported runtime
 * features" of JavaScript resolvers). The engine of these tests would run all of it.
 */
final class RuntimeRules {

    /** Of a function's or resolver's code (AppSync API reference, "FunctionConfiguration"). */
    private static final int MOST_CHARACTERS = 32_768;

    private static final Pattern TEXTS_AND_COMMENTS = Pattern.compile("'[^'\\n]*'|\"[^\"\\n]*\"|//[^\\n]*");

    private static final String TAKES_A_FUNCTION =
            "map|filter|find|findIndex|findLast|findLastIndex|forEach|reduce|reduceRight|every|some|flatMap";

    private static final Map<String, Pattern> RULES = rules();

    private RuntimeRules() {}

    private static Map<String, Pattern> rules() {
        Map<String, Pattern> rules = new LinkedHashMap<>();
        rules.put("a loop that is not for-of", Pattern.compile("\\bfor\\s*\\((?!const \\w+ of )|\\b(while|do)\\b"));
        rules.put("try or throw", Pattern.compile("\\b(try|catch|finally|throw)\\b"));
        rules.put("continue or a label", Pattern.compile("\\bcontinue\\b|^\\s*\\w+:\\s*for\\b", Pattern.MULTILINE));
        rules.put("something asynchronous", Pattern.compile("\\b(async|await|yield|Promise)\\b|function\\s*\\*"));
        rules.put("a class or this", Pattern.compile("\\b(class|this|new)\\b"));
        rules.put("an operator", Pattern.compile("\\+\\+|--|~|\\bin\\b|\\binstanceof\\b"));
        rules.put("a regular expression, or a division", Pattern.compile("/"));
        // CloudFormation's tools take ${…} for a substitution that was forgotten.
        rules.put("a template literal", Pattern.compile("`"));
        rules.put(
                "a function handed to a function",
                Pattern.compile("(?<!\\.(?:" + TAKES_A_FUNCTION + ")\\(\\(\\w{1,20}\\) )=>|\\bfunction\\s*\\("));
        rules.put(
                "a method that is not there",
                Pattern.compile(
                        "\\.(localeCompare|padStart|padEnd|repeat|charCodeAt|matchAll|hasOwnProperty|fromCharCode)\\("
                                + "|\\bArray\\.(from|of)\\(|\\bObject\\.(create|freeze|is)\\("));
        return rules;
    }

    /** What a code says that it may not, one sentence each. */
    static List<String> violations(String code) {
        List<String> violations = new ArrayList<>();
        if (code.length() > MOST_CHARACTERS) {
            violations.add("it is longer than " + MOST_CHARACTERS + " characters");
        }
        code.lines()
                .filter(line -> line.startsWith("import ") && !line.endsWith(" from '@aws-appsync/utils';"))
                .forEach(line -> violations.add("it has another import: " + line));
        String bare = TEXTS_AND_COMMENTS.matcher(code).replaceAll("''");
        RULES.forEach((what, pattern) -> {
            if (pattern.matcher(bare).find()) {
                violations.add("it has " + what);
            }
        });
        return violations;
    }
}
