/** A Spillway that is up somewhere, here or on AWS, and what can be done with it from outside. */
@NullMarked
package dev.spillway.local.cli.deployment;

import org.jspecify.annotations.NullMarked;
