/** Which capacity type to ask next, and why another one was not asked or said no. Pure decisions, and their memory. */
@NullMarked
package dev.spillway.driver.chain;

import org.jspecify.annotations.NullMarked;
