/** The dashboard of template.yaml, with the data that CloudWatch has for it. */
@NullMarked
package dev.spillway.local.dashboard;

import org.jspecify.annotations.NullMarked;
