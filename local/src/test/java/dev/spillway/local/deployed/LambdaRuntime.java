package dev.spillway.local.deployed;

import dev.spillway.local.template.FunctionResource;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lambda's managed runtime for Java, as far as it is public: AWS's runtime interface client on a JVM with the options that
 * the managed runtime gives it.
 */
final class LambdaRuntime {

    /** Of {@code MemorySize}, as the managed runtime gives it to the heap. */
    private static final double HEAP = 0.85;

    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.";

    private final Path library;

    private LambdaRuntime(Path library) {
        this.library = library;
    }

    /**
     * Unpacks the client's native library. Left to itself, the client unpacks it into a file that all processes of the machine
     * share, under the feet of those that have it loaded.
     */
    static LambdaRuntime in(Path directory) throws IOException {
        String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        Path library = directory.resolve("libaws-lambda-jni.so");
        try (InputStream packed =
                LambdaRuntime.class.getResourceAsStream("/jni/libaws-lambda-jni.linux-%s.so".formatted(processor))) {
            if (packed == null) {
                throw new IllegalStateException("the runtime interface client has no library for " + processor);
            }
            Files.copy(packed, library);
        }
        return new LambdaRuntime(library);
    }

    /** Starts a function in the directory that holds its code. */
    List<String> command(FunctionResource function) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:MaxHeapSize=%dk".formatted((long) (function.memory() * 1024 * HEAP)),
                "-XX:+UseSerialGC",
                "-XX:+TieredCompilation",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                "-D" + CLIENT + "runtimeapi.NativeClient.JNI=" + library,
                "-cp",
                classPath(),
                CLIENT + "AWSLambda",
                function.handler());
    }

    /** Of the test's own class path: nothing else may help the function. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Path.of(entry)
                        .getFileName()
                        .toString()
                        .matches("(aws-lambda-java-(runtime-interface-client|core|serialization)|utils-lite)-.*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
