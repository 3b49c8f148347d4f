/** SQS on one machine: ElasticMQ behind the loopback guard. */
@NullMarked
package dev.spillway.local.sqs;

import org.jspecify.annotations.NullMarked;
