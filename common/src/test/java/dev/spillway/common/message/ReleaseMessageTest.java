package dev.spillway.common.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.common.message.ReleaseMessage.Reach;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskSize;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseMessageTest {

    static Stream<Reach> reaches() {
        return Stream.of(
                new Reach.WholeChain(),
                new Reach.BeyondInstances(new TaskSize(0, 3_584)),
                new Reach.BeyondInstances(null));
    }

    @ParameterizedTest
    @MethodSource("reaches")
    void whatIsWrittenIsRead(Reach reach) {
        ReleaseMessage message = new ReleaseMessage(new TaskId("t-1"), reach);
        assertThat(ReleaseMessage.read(message.body())).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"release\":7}", "{\"cancel\":\"t\"}"})
    void anythingElseIsRefused(String body) {
        assertThatThrownBy(() -> ReleaseMessage.read(body)).isInstanceOf(IllegalArgumentException.class);
    }
}
