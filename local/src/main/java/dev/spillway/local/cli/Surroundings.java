package dev.spillway.local.cli;

import dev.spillway.local.cli.deployment.Deployments;
import dev.spillway.local.cli.terminal.StopSignal;
import dev.spillway.local.cli.terminal.Terminal;
import dev.spillway.local.system.SystemFactory;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What the commands find around them.
 *
 * @param clock its zone is the one in which a person reads times of day
 * @param projectDirectory where template.yaml and examples/ are
 */
record Surroundings(
        SystemFactory systems,
        Deployments deployments,
        Terminal terminal,
        InputStream standardInput,
        Clock clock,
        StopSignal stopSignal,
        Path projectDirectory) {}
