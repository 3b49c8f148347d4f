package dev.spillway.local.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the product to each {@link Rule}, and each rule to what it is there for: a class that breaks it. */
class ArchitectureTest {

    private static final String PLANTED = ArchitectureTest.class.getPackageName() + ".planted";

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.spillway");

    private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages(PLANTED);

    @ParameterizedTest
    @EnumSource
    void the_product_keeps(Rule rule) {
        rule.below("dev.spillway").check(PRODUCT);
    }

    @ParameterizedTest
    @CsvSource({
        "COMMON_DEPENDS_ON_NOTHING_ABOVE_IT, common.KnowsTheDriver",
        "A_FUNCTION_DEPENDS_ON_COMMON_ONLY, driver.KnowsAnotherFunction",
        "A_FUNCTION_DEPENDS_ON_COMMON_ONLY, driver.KnowsTheMachine",
        "PACKAGES_ARE_FREE_OF_CYCLES, local.cli.Turns",
        "ONLY_THE_WIRING_ASKS_WHAT_TIME_IT_IS, driver.LooksAtTheClock",
        "ONLY_THE_WIRING_ASKS_WHAT_TIME_IT_IS, driver.CountsMillis",
        "ONLY_THE_WIRING_ASKS_WHAT_TIME_IT_IS, local.time.HasItsOwnClock",
        "WHAT_DECIDES_KNOWS_NO_AWS, driver.chain.AsksEcs",
        "WHAT_DECIDES_KNOWS_NO_AWS, capacitymetric.capacity.AsksEcs",
        "THE_SIMULATION_KNOWS_NOTHING_OF_THE_PRODUCT, local.ecs.SharesTheProductsRule",
        "THE_SIMULATION_KNOWS_NOTHING_OF_THE_PRODUCT, local.autoscaling.SharesTheProductsTask",
        "THE_SIMULATION_KNOWS_NOTHING_OF_THE_PRODUCT, local.managedscaling.SharesTheProductsTask",
        "THE_SIMULATION_KNOWS_NOTHING_OF_THE_PRODUCT, local.ec2.SharesTheProductsTask",
        "THE_SIMULATION_KNOWS_NOTHING_OF_THE_PRODUCT, local.cloudwatch.SharesTheProductsArithmetic",
        "NO_PACKAGE_IS_A_DRAWER, common.utils.Anything",
        "ONLY_A_COMMAND_LINE_PRINTS, driver.Prints"
    })
    void a_class_is_found_that_breaks(Rule rule, String violation) {
        assertThat(rule.below(PLANTED).evaluate(VIOLATIONS).getFailureReport().toString())
                .contains(PLANTED + "." + violation);
    }
}
