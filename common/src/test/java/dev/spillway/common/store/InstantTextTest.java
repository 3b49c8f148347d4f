package dev.spillway.common.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class InstantTextTest {

    @Example
    void aFullSecondCarriesItsZeros() {
        assertThat(InstantText.write(Instant.parse("2026-11-21T02:22:25Z"))).isEqualTo("2026-11-21T02:22:25.000000Z");
    }

    @Property(seed = "20261101")
    void whatIsReadIsWhatWasWrittenToTheMicrosecond(@ForAll Instant instant) {
        assertThat(InstantText.read(InstantText.write(instant))).isEqualTo(instant.truncatedTo(ChronoUnit.MICROS));
    }

    @Property(seed = "20261101")
    void textsSortAsTheirInstants(@ForAll Instant one, @ForAll Instant other) {
        Instant left = one.truncatedTo(ChronoUnit.MICROS);
        Instant right = other.truncatedTo(ChronoUnit.MICROS);

        int asText = InstantText.write(left).compareTo(InstantText.write(right));

        assertThat(Integer.signum(asText)).isEqualTo(Integer.signum(left.compareTo(right)));
    }

    @Example
    void aYearThatNeedsFiveDigitsIsRefused() {
        assertThatThrownBy(() -> InstantText.write(Instant.parse("+10000-01-01T00:00:00Z")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0000 to 9999");
    }
}
