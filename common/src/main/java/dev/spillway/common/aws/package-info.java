/** How a function meets AWS: its environment, its clients, its clock, and the one reading of AWS's failures. */
@NullMarked
package dev.spillway.common.aws;

import org.jspecify.annotations.NullMarked;
