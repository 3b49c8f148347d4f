@NullMarked
package dev.spillway.taskstate;

import org.jspecify.annotations.NullMarked;
