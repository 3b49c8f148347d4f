package dev.spillway.common.aws;

import java.util.function.Supplier;
import org.crac.Context;
import org.crac.Resource;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * An HTTP client that takes no open connection into a snapshot: a restored copy would find the other end gone, and learn
 * of it only when its first call runs into the attempt's time-out. The pool that was used until then is closed, and a new one
 * is made before the snapshot, so that no copy has to read the certificates again.
 */
public final class SnapshotHttpClient implements SdkHttpClient, Resource {

    private final Supplier<SdkHttpClient> pools;
    private volatile SdkHttpClient pool;

    /** @param pools makes a pool without connections */
    public SnapshotHttpClient(Supplier<SdkHttpClient> pools) {
        this.pools = pools;
        this.pool = pools.get();
    }

    /** Closes all connections. It is called when the handler has been primed: hooks run in the reverse order of their registration. */
    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        SdkHttpClient used = pool;
        pool = pools.get();
        used.close();
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // The pool is empty.
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return pool.prepareRequest(request);
    }

    @Override
    public String clientName() {
        return pool.clientName();
    }

    @Override
    public void close() {
        pool.close();
    }
}
