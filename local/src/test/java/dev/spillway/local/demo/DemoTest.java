package dev.spillway.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.dashboard.Chart;
import dev.spillway.local.page.Now;
import dev.spillway.local.page.PageSource.TaskFilter;
import dev.spillway.local.page.TaskLine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoTest {

    private static final Path TEMPLATE =
            Path.of("..", "template.yaml").toAbsolutePath().normalize();

    private final List<String> told = new ArrayList<>();

    @Test
    void the_day_shows_what_it_promises() {
        Demo demo = new Demo(TEMPLATE, 1, 120, told::add);
        demo.advance(Duration.ofMinutes(12));
        assertThat(demo.now().onCapacity()).as("the burst").isEqualTo(Map.of(CapacityType.FARGATE, 300));

        demo.advance(Duration.ofHours(10));
        Now morning = demo.now();
        assertThat(morning.onCapacity().get(CapacityType.EC2))
                .as("work on instances, later")
                .isGreaterThan(morning.onCapacity().getOrDefault(CapacityType.FARGATE, 0));

        demo.advance(Duration.ofHours(5));
        assertThat(demo.now().tasks().get(TaskStatus.WAITING))
                .as("the waiting line")
                .isPositive();
        assertThat(demo.now().oldestWait()).isPositive();
        assertThat(demo.isOver()).isFalse();

        demo.advance(Duration.ofHours(24));
        Now night = demo.now();
        assertThat(demo.isOver()).isTrue();
        assertThat(night.instances()).as("scaled in to zero").isEmpty();
        assertThat(night.tasks().entrySet())
                .filteredOn(entry -> !entry.getKey().isEnd())
                .allMatch(entry -> entry.getValue() == 0);
        assertThat(night.spend().containers().withoutPrice()).isEmpty();
        assertThat(night.spend().containers().dollars())
                .isBetween(1.0, night.spend().fargateAlone().dollars());
        assertThat(told).hasSize(8).first().asString().startsWith("00:10  300 tasks");
        assertThat(demo.points(Instant.MIN)).hasSizeBetween(1_000, 2_400);
        assertThat(demo.dashboard(Duration.ofDays(1)))
                .as("the dashboard of the template, of which nothing is refused")
                .hasSizeGreaterThan(10)
                .allSatisfy(chart -> assertThat(chart.content()).isInstanceOf(Chart.Lines.class));
        assertThat(lines(demo, "Room for the largest container"))
                .hasSizeGreaterThan(2)
                .allSatisfy(line -> assertThat(line.points()).hasSizeGreaterThan(900));
        assertThat(lines(demo, "Messages"))
                .filteredOn(line -> line.label().equals("task queue"))
                .allSatisfy(line -> assertThat(line.points()).hasSizeGreaterThan(1_400));
    }

    @Test
    void the_same_seed_is_the_same_day_and_another_is_another() {
        assertThat(evening(3)).isEqualTo(evening(3)).isNotEqualTo(evening(4));
    }

    private static List<Chart.Line> lines(Demo demo, String title) {
        return demo.dashboard(Duration.ofDays(1)).stream()
                .filter(chart -> chart.widget().title().equals(title))
                .flatMap(chart -> ((Chart.Lines) chart.content()).lines().stream())
                .toList();
    }

    private static List<TaskLine> evening(long seed) {
        Demo demo = new Demo(TEMPLATE, seed, 120, sentence -> {});
        demo.advance(Duration.ofHours(5));
        return demo.tasks(new TaskFilter(null, "", 1_000));
    }
}
