/** What the page is shown of a system: of its records as they are written, its instances and its metrics. */
@NullMarked
package dev.spillway.local.page.source;

import org.jspecify.annotations.NullMarked;
