package dev.spillway.local.ecs;

/**
 * How much may run on Fargate at the same time in the account and Region (Service Quotas, AWS Fargate).
 *
 * @param onDemandVcpus "Fargate On-Demand vCPU resource count"
 * @param spotVcpus "Fargate Spot vCPU resource count"
 */
public record FargateQuota(int onDemandVcpus, int spotVcpus) {

    /** More than one machine will ever ask for. */
    public static final FargateQuota AMPLE = new FargateQuota(4_000, 4_000);
}
