package dev.spillway.local.graphql;

import com.fasterxml.jackson.databind.JsonNode;

/** What a resolver asks. */
interface DataSource {

    /** A source of type NONE: it gives back what it is handed. */
    DataSource NOTHING = request -> request.path("payload");

    /** What the resolver's code finds in {@code ctx.result}; JSON null where nothing is. */
    JsonNode answer(JsonNode request);
}
