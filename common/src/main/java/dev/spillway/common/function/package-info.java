/** What a function gets from outside, deployed or on one machine, and how it makes several calls there at the same time. */
@NullMarked
package dev.spillway.common.function;

import org.jspecify.annotations.NullMarked;
