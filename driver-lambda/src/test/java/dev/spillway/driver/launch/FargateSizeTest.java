package dev.spillway.driver.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.TaskSize;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FargateSizeTest {

    @ParameterizedTest(name = "{0} CPU units and {1} MiB are sold as {2} and {3}")
    @CsvSource({
        "0, 0, 256, 512",
        "256, 512, 256, 512",
        "256, 513, 256, 1024",
        "256, 1500, 256, 2048",
        "256, 2049, 512, 3072",
        "257, 1, 512, 1024",
        "1000, 1, 1024, 2048",
        "1024, 8193, 2048, 9216",
        "4096, 30721, 8192, 32768",
        "8192, 16385, 8192, 20480",
        "16384, 1, 16384, 32768",
        "16384, 122880, 16384, 122880",
    })
    void theSmallestSizeThatHoldsIt(int cpu, int memory, int soldCpu, int soldMemory) {
        assertThat(FargateSize.atLeast(new TaskSize(cpu, memory))).contains(new TaskSize(soldCpu, soldMemory));
    }

    @Test
    @DisplayName("what is larger than the largest size is not sold")
    void tooLarge() {
        assertThat(FargateSize.atLeast(new TaskSize(16_385, 1))).isEmpty();
        assertThat(FargateSize.atLeast(new TaskSize(1, 122_881))).isEmpty();
    }
}
