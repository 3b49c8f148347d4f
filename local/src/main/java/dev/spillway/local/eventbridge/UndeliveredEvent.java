package dev.spillway.local.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An event that its target did not take; what a dead-letter queue would get.
 *
 * @param rule the rule or schedule that it was for
 * @param attempts how often it was tried
 * @param reason the last failure
 */
public record UndeliveredEvent(String rule, JsonNode event, int attempts, String reason) {}
