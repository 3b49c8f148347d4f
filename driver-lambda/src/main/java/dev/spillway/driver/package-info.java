@NullMarked
package dev.spillway.driver;

import org.jspecify.annotations.NullMarked;
