package dev.spillway.local.cli.up;

import dev.spillway.common.task.TaskRecord;
import dev.spillway.local.loopback.PortInUseException;
import dev.spillway.local.page.About;
import dev.spillway.local.page.LocalPage;
import dev.spillway.local.page.source.SystemSource;
import dev.spillway.local.page.spend.Prices;
import dev.spillway.local.system.LocalSystem;
import dev.spillway.local.time.RealTimeline;
import dev.spillway.local.time.Sampler;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/** The page of a system that is up, and what looks at the system once a second for it. */
public final class UpPage implements AutoCloseable {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SystemSource source;
    private final LocalPage page;
    private final RealTimeline timeline = new RealTimeline();
    private final Sampler sampler;

    private UpPage(int port, LocalSystem system, Clock clock) {
        Prices prices = Prices.read();
        About about = new About("on this machine", 1, false, "", Banner.firstTask(system), prices.sentence());
        source = new SystemSource(
                system.cluster(), clock, taskId -> system.store().find(taskId), () -> about, prices, SECOND);
        page = LocalPage.start(port, "--page-port", source);
        sampler = Sampler.start(timeline, SECOND, source::sample);
    }

    /**
     * Starts it.
     *
     * @param port 0 for any free one
     * @throws PortInUseException if another program holds the port
     */
    public static UpPage start(int port, LocalSystem system, Clock clock) {
        return new UpPage(port, system, clock);
    }

    /** A record was written. */
    public void see(TaskRecord record) {
        source.see(record);
    }

    /** What to open in a browser. */
    public URI address() {
        return page.address();
    }

    @Override
    public void close() {
        sampler.close();
        timeline.close();
        page.close();
    }
}
