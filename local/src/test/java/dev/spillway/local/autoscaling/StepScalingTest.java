package dev.spillway.local.autoscaling;

import static dev.spillway.local.autoscaling.SimulatedGroups.GROUP;
import static dev.spillway.local.autoscaling.StepPolicy.Aggregation.AVERAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.local.autoscaling.PolicyOutcome.Changed;
import dev.spillway.local.autoscaling.PolicyOutcome.Unchanged;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.autoscaling.model.StepAdjustment;

/** Step scaling policies, with the examples of the user guide. */
class StepScalingTest {

    private static final double THRESHOLD = 50;

    private final SimulatedGroups world = SimulatedGroups.of(10, 20);

    @ParameterizedTest
    @CsvSource({
        // metric, adjustment of the step that covers it; none where no step does
        "49.9, ",
        "50,   0",
        "59.9, 0",
        "60,   10",
        "69.9, 10",
        "70,   30",
        "1000, 30"
    })
    void aboveTheThresholdTheLowerBoundBelongsToTheStep(double metric, @Nullable Integer adjustment) {
        assertThat(scaleOutSteps().step(metric - THRESHOLD).map(StepPolicy.Step::adjustment))
                .isEqualTo(Optional.ofNullable(adjustment));
    }

    @ParameterizedTest
    @CsvSource({"50.1, ", "50, 0", "40.1, 0", "40, -10", "30.1, -10", "30, -30", "-9, -30"})
    void belowTheThresholdTheUpperBoundBelongsToTheStep(double metric, @Nullable Integer adjustment) {
        assertThat(scaleInSteps().step(metric - THRESHOLD).map(StepPolicy.Step::adjustment))
                .isEqualTo(Optional.ofNullable(adjustment));
    }

    @ParameterizedTest
    @CsvSource({
        // capacity, percent, least, change: rounded towards zero, but never to zero
        "127, 10,  0, 12",
        "1,   67,  0, 1",
        "1,   -58, 0, -1",
        "10,  -67, 0, -6",
        "11,  30,  0, 3",
        "4,   25,  2, 2",
        "4,   -25, 2, -2",
        "40,  25,  2, 10",
        "0,   50,  0, 0",
        "0,   50,  2, 2"
    })
    void aPercentageIsRoundedAsDocumented(int capacity, int percent, int least, int change) {
        StepPolicy policy = new StepPolicy(
                "", "", "", StepPolicy.Type.PERCENT_CHANGE_IN_CAPACITY, least, AVERAGE, Duration.ZERO, List.of());
        assertThat(policy.change(capacity, percent)).isEqualTo(change);
    }

    @Test
    void whatWarmsUpIsCreditedToTheNextScaleOut() {
        String out = put("out", StepScalingTest::percentOut);
        assertThat(execute(out, 60)).isEqualTo(new Changed(10, 11));
        world.settle();
        assertThat(execute(out, 62)).isInstanceOf(Unchanged.class);
        assertThat(execute(out, 70)).isEqualTo(new Changed(11, 13));
        world.pass(Duration.ofMinutes(10));
        assertThat(execute(out, 70)).isEqualTo(new Changed(13, 16));
    }

    @Test
    void theAlarmIsNamedInTheCauseAndRepeatsItselfWithoutEffect() {
        String out = put("out", StepScalingTest::oneMore);
        for (int minute = 0; minute < 3; minute++) {
            world.autoScaling.executePolicy(out, "full", List.of(0.0), 1);
            world.pass(Duration.ofMinutes(1));
        }
        assertThat(world.desired()).isEqualTo(11);
        assertThat(world.activities().getFirst().cause())
                .contains("a monitor alarm full in state ALARM triggered policy out changing the desired capacity from"
                        + " 10 to 11.");
    }

    /** Over all the data points that the alarm judged, the average if the policy does not say otherwise. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, 13", "Average, 13", "Minimum, 11", "Maximum, 20"})
    void theStepIsThatOfTheAggregatedMetric(@Nullable String aggregation, int desired) {
        String out = put(
                "out",
                r -> r.adjustmentType("ChangeInCapacity")
                        .metricAggregationType(aggregation)
                        .stepAdjustments(step(0.0, 10.0, 1), step(10.0, 20.0, 3), step(20.0, null, 10)));
        world.autoScaling.executePolicy(out, "full", List.of(75.0, 51.0, 60.0), THRESHOLD);
        assertThat(world.desired()).isEqualTo(desired);
    }

    @Test
    void anAlarmWithoutADataPointChangesNothing() {
        String out = put("out", StepScalingTest::oneMore);
        assertThat(world.autoScaling.executePolicy(out, "full", List.of(), THRESHOLD))
                .isInstanceOf(Unchanged.class);
        assertThatThrownBy(() ->
                        put("out", r -> r.adjustmentType("ChangeInCapacity").metricAggregationType("Sum")))
                .isInstanceOf(AutoScalingException.class);
    }

    @Test
    void aScaleInWaitsForWhatWarmsUp() {
        String in = put("in", StepScalingTest::oneLess);
        world.desire(11);
        assertBlocked(in);
        world.pass(Duration.ofSeconds(20));
        assertBlocked(in);
        world.pass(Duration.ofSeconds(15 + 23 + 59 - 20));
        assertBlocked(in);
        world.pass(Duration.ofSeconds(1));
        assertThat(execute(in, 0)).isEqualTo(new Changed(11, 10));
    }

    @Test
    void whatTerminatesCountsAsPartOfTheCapacityThatIsScaledIn() {
        String in = put("in", StepScalingTest::oneLess);
        assertThat(execute(in, 0)).isEqualTo(new Changed(10, 9));
        world.settle();
        assertThat(execute(in, 0)).isInstanceOf(Unchanged.class);
        world.complete(world.in("Terminating:Wait").getFirst());
        world.settle();
        assertThat(execute(in, 0)).isEqualTo(new Changed(9, 8));
    }

    @Test
    void aPolicyScalesOutWhileAScaleInDrains() {
        String out = put("out", StepScalingTest::oneMore);
        world.desire(8);
        world.settle();
        assertThat(world.in("Terminating:Wait")).hasSize(2);
        assertThat(execute(out, 60)).isEqualTo(new Changed(8, 9));
    }

    @Test
    void thePolicysResultStaysWithinTheBounds() {
        String many = put(
                "many",
                r -> r.adjustmentType("ChangeInCapacity").stepAdjustments(step(0.0, null, 100), step(null, 0.0, -100)));
        assertThat(execute(many, 60)).isEqualTo(new Changed(10, 20));
        world.pass(Duration.ofMinutes(20));
        assertThat(execute(many, 40)).isEqualTo(new Changed(20, 0));
        String exactly = put("exactly", r -> r.adjustmentType("ExactCapacity").stepAdjustments(step(0.0, null, 99)));
        assertThat(execute(exactly, 60)).isEqualTo(new Changed(0, 20));
    }

    @Test
    void anExactCapacityIsTakenAsItIs() {
        String exactly = put("exactly", r -> r.adjustmentType("ExactCapacity").stepAdjustments(step(0.0, null, 3)));
        assertThat(execute(exactly, 60)).isEqualTo(new Changed(10, 3));
        assertThat(execute(exactly, 49)).isInstanceOf(Unchanged.class);
    }

    @Test
    void simpleScalingAndTargetTrackingAreRefused() {
        PutScalingPolicyRequest.Builder simple = PutScalingPolicyRequest.builder()
                .autoScalingGroupName(GROUP)
                .policyName("simple")
                .adjustmentType("ChangeInCapacity")
                .scalingAdjustment(1);
        assertThatThrownBy(() -> world.autoScaling.putScalingPolicy(simple.build()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("SimpleScaling is not simulated");
        assertThatThrownBy(() -> world.autoScaling.putScalingPolicy(
                        simple.policyType("TargetTrackingScaling").build()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> put(
                        "cooldown", r -> r.adjustmentType("ChangeInCapacity").cooldown(60)))
                .hasMessageContaining("PutScalingPolicy.Cooldown is not simulated");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // a gap; an overlap; a bound below 0 and one above 0 that are outermost; an empty step
                "0, 10, 20, -",
                "0, 10, 5, -",
                "-10, 0, 0, -",
                "0, 10, 10, 20",
                "5, 5, 5, -"
            })
    void stepsThatDoNotFitTogetherAreRefused(Double lower, Double upper, Double nextLower, @Nullable Double nextUpper) {
        assertThatThrownBy(() -> put(
                        "wrong",
                        r -> r.adjustmentType("ChangeInCapacity")
                                .stepAdjustments(step(lower, upper, 1), step(nextLower, nextUpper, 2))))
                .isInstanceOf(AutoScalingException.class);
    }

    private void assertBlocked(String in) {
        assertThat(execute(in, 0))
                .isEqualTo(new Unchanged(
                        world.desired(), "a scale-in activity cannot start while a scale-out activity is in progress"));
    }

    private PolicyOutcome execute(String policyArn, double metric) {
        return world.autoScaling.executePolicy(policyArn, metric, THRESHOLD);
    }

    private String put(String name, Consumer<PutScalingPolicyRequest.Builder> policy) {
        PutScalingPolicyRequest.Builder request = PutScalingPolicyRequest.builder()
                .autoScalingGroupName(GROUP)
                .policyName(name)
                .policyType("StepScaling");
        policy.accept(request);
        return world.autoScaling.putScalingPolicy(request.build());
    }

    private static void percentOut(PutScalingPolicyRequest.Builder request) {
        request.adjustmentType("PercentChangeInCapacity")
                .estimatedInstanceWarmup(300)
                .stepAdjustments(step(0.0, 10.0, 0), step(10.0, 20.0, 10), step(20.0, null, 30));
    }

    private static void oneMore(PutScalingPolicyRequest.Builder request) {
        request.adjustmentType("ChangeInCapacity").stepAdjustments(step(null, 0.0, 1), step(0.0, null, 1));
    }

    private static void oneLess(PutScalingPolicyRequest.Builder request) {
        request.adjustmentType("ChangeInCapacity").estimatedInstanceWarmup(60).stepAdjustments(step(null, 0.0, -1));
    }

    private static StepAdjustment step(@Nullable Double lower, @Nullable Double upper, int adjustment) {
        return StepAdjustment.builder()
                .metricIntervalLowerBound(lower)
                .metricIntervalUpperBound(upper)
                .scalingAdjustment(adjustment)
                .build();
    }

    private static StepPolicy scaleOutSteps() {
        return percent(
                new StepPolicy.Step(0.0, 10.0, 0),
                new StepPolicy.Step(10.0, 20.0, 10),
                new StepPolicy.Step(20.0, null, 30));
    }

    private static StepPolicy scaleInSteps() {
        return percent(
                new StepPolicy.Step(null, -20.0, -30),
                new StepPolicy.Step(-20.0, -10.0, -10),
                new StepPolicy.Step(-10.0, 0.0, 0));
    }

    private static StepPolicy percent(StepPolicy.Step... steps) {
        return new StepPolicy(
                "", "", "", StepPolicy.Type.PERCENT_CHANGE_IN_CAPACITY, 0, AVERAGE, Duration.ZERO, List.of(steps));
    }
}
