package dev.spillway.local.cli;

import picocli.CommandLine.Option;

/** {@code --help}, which every command has. */
final class HelpFlag {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean wanted;

    boolean isWanted() {
        return wanted;
    }
}
