package dev.spillway.driver;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.spillway.common.function.FunctionRuntime;
import dev.spillway.common.function.Priming;
import dev.spillway.common.function.SnapStarted;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.crac.Core;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/** The driver as Lambda calls it: with a batch of the task queue or of the release queue. */
public final class DriverHandler implements RequestHandler<SQSEvent, SQSBatchResponse>, SnapStarted {

    private final DriverWiring wiring;
    private final Clock clock;

    /** As Lambda starts it. */
    public DriverHandler() {
        this(FunctionRuntime.deployed());
        Core.getGlobalContext().register(this);
    }

    /** With everything from outside handed in. */
    public DriverHandler(FunctionRuntime runtime) {
        this.wiring = DriverWiring.of(runtime);
        this.clock = runtime.clock();
    }

    @Override
    public Priming priming() {
        return wiring.priming();
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        return PowertoolsLogging.withLogging(context, () -> handle(event));
    }

    private SQSBatchResponse handle(SQSEvent event) {
        Instant now = clock.instant();
        List<Delivery> deliveries =
                event.getRecords().stream().map(Deliveries::of).toList();
        wiring.line().look(now);
        Batch.Result result = wiring.batch().run(deliveries, delivery -> wiring.handle(delivery, now));
        wiring.metrics().publish(result.outcomes().values());
        List<SQSBatchResponse.BatchItemFailure> again = deliveries.stream()
                .map(Delivery::messageId)
                .filter(id -> !result.outcomes().containsKey(id))
                .map(SQSBatchResponse.BatchItemFailure::new)
                .toList();
        return new SQSBatchResponse(again);
    }
}
