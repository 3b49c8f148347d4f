/** ECS cluster auto scaling: managed scaling and managed draining of the groups of capacity providers. */
@NullMarked
package dev.spillway.local.managedscaling;

import org.jspecify.annotations.NullMarked;
