/** Reads template.yaml, so that what runs locally is wired by the file that is deployed. */
@NullMarked
package dev.spillway.local.template;

import org.jspecify.annotations.NullMarked;
