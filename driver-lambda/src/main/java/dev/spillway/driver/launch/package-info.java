/** One launch: what is asked of ECS or Lambda, and what they answer. */
@NullMarked
package dev.spillway.driver.launch;

import org.jspecify.annotations.NullMarked;
