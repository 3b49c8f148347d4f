package dev.spillway.local.graphql;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.util.Locale;
import java.util.regex.Pattern;

/** A date and time with an offset, and up to nine digits after the second (AppSync developer guide, "Scalar types"). */
final class AwsDateTime implements Coercing<String, String> {

    static final GraphQLScalarType SCALAR = GraphQLScalarType.newScalar()
            .name("AWSDateTime")
            .coercing(new AwsDateTime())
            .build();

    private static final Pattern FORM =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");

    private AwsDateTime() {}

    @Override
    public String serialize(Object value, GraphQLContext context, Locale locale) {
        if (isOne(value)) {
            return value.toString();
        }
        throw new CoercingSerializeException("no AWSDateTime: " + value);
    }

    @Override
    public String parseValue(Object input, GraphQLContext context, Locale locale) {
        if (isOne(input)) {
            return input.toString();
        }
        throw new CoercingParseValueException("no AWSDateTime: " + input);
    }

    @Override
    public String parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        String text = input instanceof StringValue literal ? literal.getValue() : null;
        if (text != null && isOne(text)) {
            return text;
        }
        throw new CoercingParseLiteralException("no AWSDateTime: " + input);
    }

    private static boolean isOne(Object value) {
        return value instanceof String text && FORM.matcher(text).matches();
    }
}
