package dev.spillway.common.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StoredFormTest {

    @Property(seed = "20261101")
    void aShortTextFitsAndIsTheBeginningOfTheText(@ForAll("texts") String text) {
        String stored = StoredForm.shortText(text);

        assertThat(stored.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(StoredForm.MAX_TEXT_BYTES);
        assertThat(text).startsWith(stored.replaceFirst("…$", ""));
        assertThat(StoredForm.shortText(stored)).isEqualTo(stored);
    }

    @Example
    void aTextIsNotCutInsideACharacter() {
        String emoji = "🚢".repeat(300);

        assertThat(StoredForm.shortText(emoji)).isEqualTo("🚢".repeat(255) + "…");
    }

    @Example
    void aTextOfExactlyTheBoundStaysWhole() {
        String text = "x".repeat(StoredForm.MAX_TEXT_BYTES);

        assertThat(StoredForm.shortText(text)).isEqualTo(text);
        assertThat(StoredForm.shortText(text + "x")).endsWith("…");
    }

    @Example
    void halfASurrogatePairIsReplacedBecauseUtf8CannotWriteIt() {
        assertThat(StoredForm.shortText("a\ud83d b")).isEqualTo("a? b");
    }

    /** Code points of every width in UTF-8, from empty to well above the bound. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "é", "漢", "🚢")
                .list()
                .ofMaxSize(1_200)
                .map(characters -> String.join("", characters));
    }
}
