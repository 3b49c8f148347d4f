package dev.spillway.local.runtime;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reaches a process together with everything that it started.
 */
public interface ProcessTree {

    /** The command that puts the given one where {@link #terminate} and {@link #kill} find all of it. */
    List<String> wrap(List<String> command);

    /** SIGTERM to all of it. */
    void terminate(Process process);

    /** SIGKILL to all of it; also finds what outlived its parent, where the system allows. */
    void kill(Process process);

    /** The way that works best here. */
    static ProcessTree ofThisSystem() {
        Path setsid = Path.of("/usr/bin/setsid");
        return Files.isExecutable(setsid) ? new Session(setsid) : new Descendants();
    }

    /**
     * Each process leads a session of its own, and signals go to its process group. A child whose parent has gone is
     * still in the group, so that nothing survives its container.
     */
    final class Session implements ProcessTree {
        private static final int SIGKILL = 9;
        private static final int SIGTERM = 15;

        private final Path setsid;
        private final MethodHandle kill;

        Session(Path setsid) {
            this.setsid = setsid;
            Linker linker = Linker.nativeLinker();
            this.kill = linker.downcallHandle(
                    linker.defaultLookup().find("kill").orElseThrow(),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        }

        @Override
        public List<String> wrap(List<String> command) {
            // setsid executes the command in its own place: the process id stays the one that Java knows.
            List<String> wrapped = new ArrayList<>();
            wrapped.add(setsid.toString());
            wrapped.addAll(command);
            return wrapped;
        }

        @Override
        public void terminate(Process process) {
            // Before setsid has made the group, only the process itself can be reached.
            if (!signal(process.pid(), SIGTERM)) {
                process.destroy();
            }
        }

        @Override
        public void kill(Process process) {
            if (!signal(process.pid(), SIGKILL)) {
                process.destroyForcibly();
            }
        }

        private boolean signal(long group, int signal) {
            try {
                return (int) kill.invokeExact((int) -group, signal) == 0;
            } catch (Throwable e) {
                throw new IllegalStateException("kill(2) could not be called", e);
            }
        }
    }

    /** Walks the children as the system shows them. What outlived its parent is not found. */
    final class Descendants implements ProcessTree {
        @Override
        public List<String> wrap(List<String> command) {
            return command;
        }

        @Override
        public void terminate(Process process) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }

        @Override
        public void kill(Process process) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
