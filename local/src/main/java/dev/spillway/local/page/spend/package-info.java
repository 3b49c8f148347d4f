/** What the work has cost, by a list of prices, and what it would have cost on Fargate alone (pure). */
@NullMarked
package dev.spillway.local.page.spend;

import org.jspecify.annotations.NullMarked;
