/** DynamoDB on one machine: DynamoDB Local, in memory, behind the loopback guard. */
@NullMarked
package dev.spillway.local.dynamodb;

import org.jspecify.annotations.NullMarked;
