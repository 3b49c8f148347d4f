package dev.spillway.local.page.spend;

import dev.spillway.common.task.TaskSize;
import dev.spillway.driver.launch.FargateSize;
import dev.spillway.local.ec2.CapacityKind;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what a run or an instance costs. */
public final class PriceList {

    private static final double SECONDS_OF_AN_HOUR = 3_600;
    private static final double MILLIS = 1_000;
    private static final double UNITS_OF_A_VCPU = 1_024;
    private static final double MIB_OF_A_GB = 1_024;
    private static final double MILLION = 1_000_000;

    private final Prices prices;
    private final Map<String, Prices.InstanceType> instanceTypes;

    public PriceList(Prices prices) {
        this.prices = prices;
        this.instanceTypes = prices.ec2().types().stream()
                .collect(Collectors.toUnmodifiableMap(Prices.InstanceType::name, Function.identity()));
    }

    /** A run: what it costs by itself, and what it would cost on Fargate. A run on an instance costs nothing by itself. */
    public Spend of(Run run) {
        return switch (run.capacityType()) {
            case EC2, EC2_SPOT, EC2_ON_DEMAND -> container(Bill.NOTHING, run);
            case FARGATE -> container(Bill.NOTHING.plus(onFargate(run.size(), run.time())), run);
            // "Up to 70 % off" is no price.
            case FARGATE_SPOT -> container(Bill.NOTHING.plus(new Cost.NoPrice("Fargate Spot")), run);
            case LAMBDA ->
                new Spend(
                        Bill.NOTHING,
                        Bill.NOTHING,
                        Bill.NOTHING,
                        Bill.NOTHING.plus(invocation(run.functionMemory(), run.time())),
                        Bill.NOTHING);
        };
    }

    private Spend container(Bill fargate, Run run) {
        Bill alone = Bill.NOTHING.plus(onFargate(run.size(), run.time()));
        return new Spend(fargate, Bill.NOTHING, Bill.NOTHING, Bill.NOTHING, alone);
    }

    /** An instance. Spot is charged at the highest price that was seen, so that no saving is shown that was not there. */
    public Spend ofInstance(String instanceType, CapacityKind kind, Duration time) {
        Bill bill = Bill.NOTHING.plus(instance(instanceType, kind, time));
        return switch (kind) {
            case SPOT -> new Spend(Bill.NOTHING, bill, Bill.NOTHING, Bill.NOTHING, Bill.NOTHING);
            case ON_DEMAND -> new Spend(Bill.NOTHING, Bill.NOTHING, bill, Bill.NOTHING, Bill.NOTHING);
        };
    }

    private Cost instance(String instanceType, CapacityKind kind, Duration time) {
        Prices.InstanceType type = instanceTypes.get(instanceType);
        if (type == null) {
            return new Cost.NoPrice(instanceType);
        }
        double hour = switch (kind) {
            case SPOT -> type.spotHour();
            case ON_DEMAND -> type.onDemandHour();
        };
        return new Cost.Known(hour * hours(time, prices.ec2().minimumSeconds()));
    }

    /** A task on Fargate, in the smallest size that holds it. */
    Cost onFargate(@Nullable TaskSize size, Duration time) {
        if (size == null) {
            return new Cost.NoPrice("a task of unknown size");
        }
        return FargateSize.atLeast(size)
                .<Cost>map(sold -> new Cost.Known(hours(time, prices.fargate().minimumSeconds())
                        * (sold.cpu() / UNITS_OF_A_VCPU * prices.fargate().vcpuHour()
                                + sold.memory() / MIB_OF_A_GB * prices.fargate().gbHour())))
                .orElseGet(() -> new Cost.NoPrice("a task too large for Fargate"));
    }

    private Cost invocation(OptionalInt memory, Duration time) {
        if (memory.isEmpty()) {
            return new Cost.NoPrice("a function of unknown memory");
        }
        double gbSeconds = memory.getAsInt() / MIB_OF_A_GB * seconds(time);
        return new Cost.Known(
                gbSeconds * prices.lambda().gbSecond() + prices.lambda().millionRequests() / MILLION);
    }

    private static double hours(Duration time, int minimumSeconds) {
        return Math.max(minimumSeconds, seconds(time)) / SECONDS_OF_AN_HOUR;
    }

    private static double seconds(Duration time) {
        return Math.max(0, time.toMillis()) / MILLIS;
    }
}
