package dev.spillway.common.task;

/** What a task can run on. A fallback chain is an ordered list of these. */
public enum CapacityType {
    /** Container instances whose attribute {@code spillway.capacity} is {@code spot}. */
    EC2_SPOT,
    /** Container instances whose attribute {@code spillway.capacity} is {@code on-demand}. */
    EC2_ON_DEMAND,
    /** Any container instance of the cluster. */
    EC2,
    FARGATE_SPOT,
    FARGATE,
    /** A Lambda function, for work that needs no container host. */
    LAMBDA;

    /** Whether the cluster's container instances provide it. */
    public boolean isEc2() {
        return this == EC2 || this == EC2_SPOT || this == EC2_ON_DEMAND;
    }

    /** Whether AWS Fargate provides it. */
    public boolean isFargate() {
        return this == FARGATE || this == FARGATE_SPOT;
    }
}
