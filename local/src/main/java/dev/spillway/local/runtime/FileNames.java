package dev.spillway.local.runtime;

/** Names that can be a file's on every system. */
final class FileNames {

    private FileNames() {}

    /** The name with everything but letters, digits, {@code . _ -} replaced by {@code _}; never a path, never hidden. */
    static String safe(String name) {
        String replaced = name.replaceAll("[^A-Za-z0-9._-]", "_");
        return replaced.isEmpty() || replaced.startsWith(".") ? "_" + replaced : replaced;
    }
}
