/** What every simulated service is made with: the lock on its state, and its errors as the SDK throws them. */
@NullMarked
package dev.spillway.local.service;

import org.jspecify.annotations.NullMarked;
