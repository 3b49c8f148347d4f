/**
 * The whole of Spillway in simulated time, on one thread: the functions of template.yaml as they are deployed, and
 * around them a simulated AWS that can be made to misbehave by a seed.
 */
@NullMarked
package dev.spillway.local.simulation;

import org.jspecify.annotations.NullMarked;
