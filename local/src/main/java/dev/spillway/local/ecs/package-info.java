/**
 * A simulated Amazon ECS, written from its documentation and sharing no code with the functions that it is there to
 * test: a rule that both sides got from one place could not be found wrong.
 */
@NullMarked
package dev.spillway.local.ecs;

import org.jspecify.annotations.NullMarked;
