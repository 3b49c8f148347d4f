package dev.spillway.local.graphql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/**
 * The JavaScript of a resolver or of a function of its pipeline. It sees a copy of the context and what it answers is
 * copied too, as between AppSync and its runtime; of {@code @aws-appsync/utils} there is what the template uses.
 */
final class ResolverCode {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One for all, since making one takes longer than all that runs in it. Without a compiler it would warn of that. */
    private static final Context CONTEXT = Context.newBuilder("js")
            .option("engine.WarnInterpreterOnly", "false")
            .build();

    private static final String IMPORT = "import { util } from '@aws-appsync/utils';\n";

    private static final String RUNTIME = """
            (function () {
              'use strict';
              const typed = (value) => {
                switch (typeof value) {
                  case 'string': return { S: value };
                  case 'number': return { N: value };
                  case 'boolean': return { BOOL: value };
                }
                return Array.isArray(value) ? { L: value.map(typed) } : { M: typedMap(value) };
              };
              const typedMap = (map) => Object.fromEntries(Object.entries(map).map(([name, value]) => [name, typed(value)]));
              const util = {
                error(message, type) { throw { appsync: { message, type } }; },
                dynamodb: { toMapValues: typedMap },
              };
              const handlers = (function () {
            CODE
            return { request, response };
              })();
              return (handler, context) => {
                const ctx = JSON.parse(context);
                try {
                  const value = handlers[handler](ctx);
                  return JSON.stringify({ value: value === undefined ? null : value, stash: ctx.stash });
                } catch (thrown) {
                  if (thrown.appsync) {
                    return JSON.stringify({ error: thrown.appsync });
                  }
                  throw thrown;
                }
              };
            })()
            """;

    private final Value run;

    ResolverCode(String code) {
        String body = code.replace(IMPORT, "").replace("export function", "function");
        run = CONTEXT.eval("js", RUNTIME.replace("CODE", body));
    }

    /** What the code ended a request with, by {@code util.error}. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String type;

        Failure(String message, String type) {
            super(message);
            this.type = type;
        }

        String type() {
            return type;
        }
    }

    /** What the data source is asked; the context's stash is then as the code left it. */
    JsonNode request(ObjectNode context) {
        return call("request", context);
    }

    /** What is made of the data source's answer; the context's stash is then as the code left it. */
    JsonNode response(ObjectNode context) {
        return call("response", context);
    }

    private JsonNode call(String handler, ObjectNode context) {
        try {
            JsonNode answer =
                    JSON.readTree(run.execute(handler, context.toString()).asString());
            JsonNode error = answer.get("error");
            if (error != null) {
                throw new Failure(
                        error.path("message").asText(), error.path("type").asText());
            }
            context.set("stash", answer.path("stash"));
            return answer.path("value");
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
