/**
 * From an SQS message to a placed task. Begin with {@link dev.spillway.driver.Driver}: it is the path of a message.
 */
@NullMarked
package dev.spillway.driver;

import org.jspecify.annotations.NullMarked;
