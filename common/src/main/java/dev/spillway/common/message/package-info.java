/**
 * The message, version 1: from the body of an SQS message to what it asks for, and back to its canonical text. Nothing
 * here calls AWS; every limit that can be known without asking AWS is checked here, so that a message that is accepted
 * is not refused later for its form.
 */
@NullMarked
package dev.spillway.common.message;

import org.jspecify.annotations.NullMarked;
