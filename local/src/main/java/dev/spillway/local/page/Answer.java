package dev.spillway.local.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** An answer of the page's server. */
record Answer(int status, String contentType, byte[] body) {

    static final int OK = 200;
    static final int BAD_REQUEST = 400;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int BROKEN = 500;

    static Answer json(JsonNode json) {
        return new Answer(OK, "application/json; charset=utf-8", json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** One sentence for a person. */
    static Answer sentence(int status, String sentence) {
        return new Answer(status, "text/plain; charset=utf-8", (sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
