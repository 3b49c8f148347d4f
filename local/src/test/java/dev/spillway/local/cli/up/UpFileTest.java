package dev.spillway.local.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.local.cli.FakeSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpFileTest {

    @TempDir
    Path project;

    private final UpFile file = UpFile.of(new FakeSystem(), Path.of("/runs/1"));

    @BeforeEach
    void makeDirectory() throws Exception {
        Files.createDirectories(project.resolve(".spillway"));
    }

    @Test
    void isReadAsItWasWritten() throws Exception {
        file.write(project);

        assertThat(UpFile.read(project)).hasValue(file);
        assertThat(file.pid()).isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void isForItsOwnerOnlyAndLeavesNothingBeside() throws Exception {
        file.write(project);
        file.write(project);

        assertThat(project.resolve(".spillway")).isDirectoryNotContaining("glob:**.part");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(project.resolve(".spillway/up.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void isRemovedByWhoWroteItOnly() throws Exception {
        UpFile later = UpFile.of(new FakeSystem(), Path.of("/runs/2"));
        file.write(project);
        later.write(project);

        file.remove(project);
        assertThat(UpFile.read(project)).hasValue(later);

        later.remove(project);
        assertThat(UpFile.read(project)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"pid\": 1}", "{\"pid\": 1, \"sqsEndpoint\": \"no uri\"}"})
    void isAsGoodAsNoneWhenItCannotBeUnderstood(String text) throws Exception {
        Files.writeString(project.resolve(".spillway/up.json"), text);

        assertThat(UpFile.read(project)).isEmpty();
    }
}
