package dev.spillway.local.loopback;

import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The one place where HTTP meets the guard: what it refuses never reaches the handler behind. */
final class GuardHandler extends Handler.Wrapper {

    private final LoopbackGuard guard;

    GuardHandler(LoopbackGuard guard, Handler behind) {
        super(behind);
        this.guard = guard;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return switch (guard.judge(head(request))) {
            case Verdict.Admitted admitted -> super.handle(request, new WithoutCors(request, response), callback);
            case Verdict.Refused refused -> refuse(response, callback, refused.sentence());
        };
    }

    private static RequestHead head(Request request) {
        return new RequestHead(
                request.getMethod(),
                request.getHeaders().stream()
                        .map(field -> new RequestHead.Header(field.getName(), textOf(field)))
                        .toList());
    }

    private static String textOf(HttpField field) {
        String value = field.getValue();
        return value == null ? "" : value;
    }

    private static boolean refuse(Response response, Callback callback, String sentence) {
        response.setStatus(HttpStatus.FORBIDDEN_403);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        // The body was not read: a connection that is kept would read it as the next request.
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        Content.Sink.write(response, true, sentence + "\n", callback);
        return true;
    }

    /** Drops the headers with which DynamoDB Local would allow any page to read its answers. */
    private static final class WithoutCors extends Response.Wrapper {

        private final HttpFields.Mutable headers;

        WithoutCors(Request request, Response response) {
            super(request, response);
            headers = new HttpFields.Mutable.Wrapper(response.getHeaders()) {
                @Override
                public @Nullable HttpField onAddField(HttpField field) {
                    return field.getName().toLowerCase(Locale.ROOT).startsWith("access-control-") ? null : field;
                }
            };
        }

        @Override
        public HttpFields.Mutable getHeaders() {
            return headers;
        }
    }
}
