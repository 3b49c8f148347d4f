package dev.spillway.local.cli.deployment;

/** Finds the Spillway that a person means. */
@FunctionalInterface
public interface Deployments {

    /**
     * Opens it.
     *
     * @throws UnreachableException if there is none
     */
    Deployment open(Target target);
}
