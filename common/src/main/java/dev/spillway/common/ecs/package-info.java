/** What functions read of ECS: task definitions and container instances; and the one way to stop a task. */
@NullMarked
package dev.spillway.common.ecs;

import org.jspecify.annotations.NullMarked;
