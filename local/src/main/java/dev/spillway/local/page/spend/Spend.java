package dev.spillway.local.page.spend;

/**
 * What was paid for, and the yardstick.
 *
 * @param fargate tasks on Fargate
 * @param spot Spot Instances, busy or not
 * @param onDemand on-demand instances, busy or not
 * @param lambda tasks that are functions
 * @param fargateAlone what the container tasks would have cost had each of them run on Fargate
 */
public record Spend(Bill fargate, Bill spot, Bill onDemand, Bill lambda, Bill fargateAlone) {

    public static final Spend NOTHING = new Spend(Bill.NOTHING, Bill.NOTHING, Bill.NOTHING, Bill.NOTHING, Bill.NOTHING);

    /** What is to be compared with {@link #fargateAlone}: the container tasks and everything they ran on. */
    public Bill containers() {
        return fargate.plus(spot).plus(onDemand);
    }

    public Spend plus(Spend other) {
        return new Spend(
                fargate.plus(other.fargate),
                spot.plus(other.spot),
                onDemand.plus(other.onDemand),
                lambda.plus(other.lambda),
                fargateAlone.plus(other.fargateAlone));
    }
}
