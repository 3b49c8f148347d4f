package dev.spillway.local.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Set;

/** Who may use what. */
enum Rule {
    /** What two or more functions share knows none of them, and not the machine that they run on. */
    COMMON_DEPENDS_ON_NOTHING_ABOVE_IT {
        @Override
        ArchRule below(String root) {
            return noClasses()
                    .that(resideInAPackage(root + ".common.."))
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage(root + "..").and(resideOutsideOfPackages(root + ".common..")));
        }
    },

    /** A function may be deployed without the others, and without the local system. */
    A_FUNCTION_DEPENDS_ON_COMMON_ONLY {
        @Override
        ArchRule below(String root) {
            return slices().matching(root + ".(*)..")
                    .should()
                    .notDependOnEachOther()
                    .ignoreDependency(resideInAPackage(root + ".local.."), DescribedPredicate.alwaysTrue())
                    .ignoreDependency(DescribedPredicate.alwaysTrue(), resideInAPackage(root + ".common.."));
        }
    },

    PACKAGES_ARE_FREE_OF_CYCLES {
        @Override
        ArchRule below(String root) {
            return slices().assignedFrom(packages(root)).should().beFreeOfCycles();
        }
    },

    /** Time is handed in, so that a test can tell it and a simulation can make it. */
    ONLY_THE_WIRING_ASKS_WHAT_TIME_IT_IS {
        @Override
        ArchRule below(String root) {
            return noClasses()
                    .that(DescribedPredicate.describe(
                            "are not wiring",
                            type -> !WIRING.contains(outermost(type).replace(root + ".", ""))))
                    .should()
                    .accessTargetWhere(DescribedPredicate.describe("asks for the time", Rule::asksForTheTime));
        }
    },

    /** What decides can be read, and tried, without AWS. */
    WHAT_DECIDES_KNOWS_NO_AWS {
        @Override
        ArchRule below(String root) {
            return noClasses()
                    .that(resideInAnyPackage(
                            root + ".driver.chain..",
                            root + ".taskstate.stop..",
                            root + ".taskstate.line..",
                            root + ".capacitymetric.capacity..",
                            root + ".drain.step..",
                            root + ".spotfallback.decision..",
                            root + ".common.task..",
                            root + ".common.message.."))
                    .should()
                    .dependOnClassesThat(resideInAPackage("software.amazon.awssdk.."));
        }
    },

    /** The simulated AWS is written from AWS's documents: sharing the product's code would hide the product's bugs. */
    THE_SIMULATION_KNOWS_NOTHING_OF_THE_PRODUCT {
        @Override
        ArchRule below(String root) {
            return noClasses()
                    .that(resideInAnyPackage(
                            root + ".local.cloudwatch..",
                            root + ".local.ecs..",
                            root + ".local.ec2..",
                            root + ".local.autoscaling..",
                            root + ".local.managedscaling..",
                            root + ".local.runtime..",
                            root + ".local.service..",
                            root + ".local.sns..",
                            root + ".local.time..",
                            root + ".local.lambda.."))
                    .should()
                    .dependOnClassesThat(resideInAPackage(root + "..").and(resideOutsideOfPackages(root + ".local..")));
        }
    },

    /** A package says what it holds. */
    NO_PACKAGE_IS_A_DRAWER {
        @Override
        ArchRule below(String root) {
            return noClasses()
                    .that(resideInAPackage(root + ".."))
                    .should()
                    .resideInAnyPackage("..util..", "..utils..", "..helper..", "..helpers..", "..misc..");
        }
    },

    /** Only a command line has somebody in front of it. */
    ONLY_A_COMMAND_LINE_PRINTS {
        @Override
        ArchRule below(String root) {
            return noClasses()
                    .that(resideOutsideOfPackages(root + ".local.cli..", root + ".local.bench.."))
                    .should()
                    .accessTargetWhere(DescribedPredicate.describe("prints", Rule::prints));
        }
    };

    /** Where time and the rest of the outside come in. */
    private static final Set<String> WIRING = Set.of(
            "common.function.FunctionRuntime",
            "local.time.RealTimeline",
            "local.system.TemplateSystem",
            "local.cli.Main",
            "local.bench.Benchmarks");

    private static final Set<String> CLOCKS = Set.of("systemUTC", "systemDefaultZone", "system", "tickMillis");

    /**
     * The rule for everything below a root package. The product's is one root; that there can be others lets a rule be
     * tried on violations.
     */
    abstract ArchRule below(String root);

    private static SliceAssignment packages(String root) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return type.getPackageName().startsWith(root)
                        ? SliceIdentifier.of(type.getPackageName())
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "the packages of " + root;
            }
        };
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(Rule::outermost).orElse(type.getFullName());
    }

    private static boolean asksForTheTime(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        boolean now = name.equals("now") && owner.getPackageName().equals(Instant.class.getPackageName());
        boolean clock = owner.isEquivalentTo(Clock.class) && CLOCKS.contains(name);
        boolean millis = owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis");
        boolean date = owner.isEquivalentTo(Date.class) && name.equals("<init>");
        return now || clock || millis || date;
    }

    private static boolean prints(JavaAccess<?> access) {
        String name = access.getTarget().getName();
        boolean stream =
                access.getTargetOwner().isEquivalentTo(System.class) && (name.equals("out") || name.equals("err"));
        return stream || name.equals("printStackTrace");
    }
}
