package dev.spillway.local.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The driver with something going wrong at each of its calls to AWS in turn. The message comes again, and what is there
 * in the end is what would be there if nothing had happened.
 */
class CrashTest {

    /** No scenario has as many calls; one that had would never end. */
    private static final int MANY = 500;

    static Stream<Arguments> everything() {
        return Stream.of(Scenario.values())
                .flatMap(scenario -> newsOf(scenario).stream()
                        .flatMap(news -> Stream.of(Fault.values()).map(fault -> Arguments.of(scenario, news, fault))));
    }

    /** Without any word of a function nobody can tell whether it has run. */
    private static Set<News> newsOf(Scenario scenario) {
        return scenario == Scenario.FUNCTION ? EnumSet.complementOf(EnumSet.of(News.NEVER)) : EnumSet.allOf(News.class);
    }

    @ParameterizedTest(name = "{0}, news {1}, a call {2}")
    @MethodSource("everything")
    void whatever_goes_wrong_the_end_is_the_same(Scenario scenario, News news, Fault fault) {
        int number = 0;
        Calls calls;
        do {
            number++;
            assertThat(number).isLessThan(MANY);
            calls = Calls.with(fault, number);
            run(scenario, news, calls);
        } while (calls.hasStruck());
    }

    private static void run(Scenario scenario, News news, Calls calls) {
        Account account = new Account(calls, news);
        try {
            scenario.play(account);
            account.settle();
            assertThat(account.unacknowledged()).isEmpty();
            scenario.check(account);
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError("when call " + calls.made().size() + " of " + calls.made() + " went wrong", wrong);
        }
    }
}
