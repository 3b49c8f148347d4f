/** The clients of AWS, and the one reading of its failures. */
@NullMarked
package dev.spillway.common.aws;

import org.jspecify.annotations.NullMarked;
