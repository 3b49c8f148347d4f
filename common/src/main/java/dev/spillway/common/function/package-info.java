/** What a function gets from outside, deployed or on one machine. */
@NullMarked
package dev.spillway.common.function;

import org.jspecify.annotations.NullMarked;
