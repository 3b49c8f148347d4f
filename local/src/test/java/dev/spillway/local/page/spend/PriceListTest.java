package dev.spillway.local.page.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskSize;
import dev.spillway.local.ec2.CapacityKind;
import java.time.Duration;
import java.util.OptionalInt;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PriceListTest {

    private static final Offset<Double> CENT_OF_A_CENT = within(0.0001);
    private static final TaskSize ONE_VCPU = new TaskSize(1_024, 2_048);
    private static final Duration HOUR = Duration.ofHours(1);

    private final PriceList prices = new PriceList(Prices.read());

    /** $0.04048 a vCPU-hour and $0.004445 a GB-hour; at least a minute. */
    @ParameterizedTest
    @CsvSource({
        // CPU units, MiB, seconds, dollars
        "1024, 2048, 3600, 0.04937",
        "1024, 2048, 1800, 0.024685",
        "1024, 2048, 60, 0.000823",
        "1024, 2048, 1, 0.000823",
        "1024, 2048, 0, 0.000823",
        "1024, 2048, -5, 0.000823",
        "256, 512, 3600, 0.0123425",
        // Rounded up to a size that is sold.
        "100, 100, 3600, 0.0123425",
        "300, 600, 3600, 0.024685",
        "1024, 2049, 3600, 0.053815",
        "256, 8192, 3600, 0.07604",
        "2048, 8192, 7200, 0.23304",
    })
    void a_task_on_Fargate_costs_its_size_for_its_time(int cpu, int memory, long seconds, double dollars) {
        Spend spend = prices.of(run(CapacityType.FARGATE, new TaskSize(cpu, memory), Duration.ofSeconds(seconds)));

        assertThat(spend.fargate().dollars()).isEqualTo(dollars, within(0.000001));
        assertThat(spend.fargateAlone()).isEqualTo(spend.fargate());
        assertThat(spend.containers()).isEqualTo(spend.fargate());
    }

    @ParameterizedTest
    @EnumSource(names = {"EC2", "EC2_SPOT", "EC2_ON_DEMAND"})
    void a_task_on_an_instance_costs_nothing_by_itself_and_would_on_Fargate(CapacityType type) {
        Spend spend = prices.of(run(type, ONE_VCPU, HOUR));

        assertThat(spend.containers()).isEqualTo(Bill.NOTHING);
        assertThat(spend.fargateAlone().dollars()).isEqualTo(0.04937, CENT_OF_A_CENT);
    }

    @Test
    void Fargate_Spot_has_no_price_and_the_yardstick_has() {
        Spend spend = prices.of(run(CapacityType.FARGATE_SPOT, ONE_VCPU, HOUR));

        assertThat(spend.fargate()).isEqualTo(Bill.NOTHING.plus(new Cost.NoPrice("Fargate Spot")));
        assertThat(spend.fargateAlone().dollars()).isEqualTo(0.04937, CENT_OF_A_CENT);
    }

    @Test
    void what_Fargate_does_not_sell_has_no_price() {
        assertThat(prices.onFargate(new TaskSize(16_385, 1), HOUR))
                .isEqualTo(new Cost.NoPrice("a task too large for Fargate"));
        assertThat(prices.onFargate(null, HOUR)).isEqualTo(new Cost.NoPrice("a task of unknown size"));
    }

    @Test
    void a_function_costs_its_memory_for_its_time_and_its_request() {
        Run run = new Run(CapacityType.LAMBDA, null, OptionalInt.of(512), Duration.ofSeconds(20));

        Spend spend = prices.of(run);

        assertThat(spend.lambda().dollars()).isEqualTo(0.000166867, within(0.000000001));
        assertThat(spend.containers()).isEqualTo(Bill.NOTHING);
        assertThat(spend.fargateAlone()).isEqualTo(Bill.NOTHING);
        assertThat(prices.of(run(CapacityType.LAMBDA, null, HOUR)).lambda().withoutPrice())
                .containsExactly("a function of unknown memory");
    }

    @ParameterizedTest
    @CsvSource({
        "m5.2xlarge, ON_DEMAND, 3600, 0.384",
        "m5.2xlarge, ON_DEMAND, 1, 0.0064",
        "c5.2xlarge, ON_DEMAND, 7200, 0.68",
        // The highest price that was seen.
        "m5.2xlarge, SPOT, 3600, 0.187",
        "m4.2xlarge, SPOT, 1800, 0.12",
        "m5.large, ON_DEMAND, 3600, 0.096",
        // No price of Spot was seen: it is never dearer than on demand.
        "m5.large, SPOT, 3600, 0.096"
    })
    void an_instance_costs_its_time_busy_or_not(String type, CapacityKind kind, long seconds, double dollars) {
        Spend spend = prices.ofInstance(type, kind, Duration.ofSeconds(seconds));

        Bill bill = kind == CapacityKind.SPOT ? spend.spot() : spend.onDemand();
        assertThat(bill.dollars()).isEqualTo(dollars, CENT_OF_A_CENT);
        assertThat(spend.containers()).isEqualTo(bill);
        assertThat(spend.fargateAlone()).isEqualTo(Bill.NOTHING);
    }

    @Test
    void no_price_is_guessed_for_an_instance_type_and_each_is_named_once() {
        Spend both = prices.ofInstance("m5.24xlarge", CapacityKind.SPOT, HOUR)
                .plus(prices.ofInstance("m5.24xlarge", CapacityKind.SPOT, HOUR))
                .plus(prices.ofInstance("m5.2xlarge", CapacityKind.ON_DEMAND, HOUR));

        assertThat(both.containers().withoutPrice()).containsExactly("m5.24xlarge");
        assertThat(both.containers().dollars()).isEqualTo(0.384, CENT_OF_A_CENT);
    }

    @Test
    void the_prices_say_of_when_and_where_they_are() {
        assertThat(Prices.read().sentence()).startsWith("Prices of 2026-07-20 in us-east-1.");
    }

    private static Run run(CapacityType type, @Nullable TaskSize size, Duration time) {
        return new Run(type, size, OptionalInt.empty(), time);
    }
}
