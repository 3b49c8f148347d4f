/** HTTP for programs of this machine only: what keeps a web page in the same person's browser out. */
@NullMarked
package dev.spillway.local.loopback;

import org.jspecify.annotations.NullMarked;
