package dev.spillway.local.cli.terminal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Turns Ctrl-C and SIGTERM into a {@link StopSignal}, and lets the command that hears it finish its work and choose the
 * exit code. Without this the JVM would end under the command's feet.
 */
public final class ProcessExit {

    /** What a shell reports of a program that Ctrl-C has ended. */
    private static final int INTERRUPTED = 130;

    /** Tasks get 30 seconds between SIGTERM and SIGKILL, as on ECS. */
    private static final int SECONDS_TO_FINISH = 40;

    private final StopSignal signal;
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread hook = new Thread(this::stopAndWait, "stop");

    private ProcessExit(StopSignal signal) {
        this.signal = signal;
    }

    /** Begins to listen. */
    public static ProcessExit listen(StopSignal signal) {
        ProcessExit exit = new ProcessExit(signal);
        Runtime.getRuntime().addShutdownHook(exit.hook);
        return exit;
    }

    /** Ends the process. Does not return. */
    public void exit(int code) {
        exitCode.complete(code);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // A signal came first: the hook is waiting for the code, and the call below waits for the hook.
        }
        System.exit(code);
    }

    private void stopAndWait() {
        signal.stop();
        Runtime.getRuntime().halt(awaitExitCode());
    }

    private int awaitExitCode() {
        try {
            return exitCode.get(SECONDS_TO_FINISH, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return INTERRUPTED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return INTERRUPTED;
        }
    }
}
