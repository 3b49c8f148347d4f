package dev.spillway.local.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import java.time.Duration;

/** What is sent to an account, and what has come of it in the end, whatever went wrong on the way. */
enum Scenario {
    FITS_ON_EC2 {
        @Override
        void play(Account account) {
            account.instance("m5.large").send(task("t"));
        }

        @Override
        void check(Account account) {
            hasRunOnce(account, "t", CapacityType.EC2);
            assertThat(account.deadLetters()).isEmpty();
        }
    },

    SPILLS_OVER_TO_FARGATE {
        @Override
        void play(Account account) {
            account.instanceThatIsFullFor(Duration.ofHours(2)).send(task("t"));
        }

        @Override
        void check(Account account) {
            hasRunOnce(account, "t", CapacityType.FARGATE);
        }
    },

    WAITS_UNTIL_THERE_IS_ROOM {
        @Override
        void play(Account account) {
            account.instanceThatIsFullFor(Duration.ofMinutes(8)).fargateIsFull().send(task("t"));
        }

        @Override
        void check(Account account) {
            hasRunOnce(account, "t", CapacityType.EC2);
        }
    },

    RELEASED_BY_HAND {
        @Override
        void play(Account account) {
            account.fargateIsFull().send(task("t"));
            account.pass(Duration.ofSeconds(30)).instance("m5.large").release("t");
        }

        @Override
        void check(Account account) {
            hasRunOnce(account, "t", CapacityType.EC2);
        }
    },

    A_BATCH_OF_THREE {
        @Override
        void play(Account account) {
            account.instance("m5.4xlarge").send(task("t1"), task("t2"), task("t3"));
        }

        @Override
        void check(Account account) {
            hasRunOnce(account, "t1", CapacityType.EC2);
            hasRunOnce(account, "t2", CapacityType.EC2);
            hasRunOnce(account, "t3", CapacityType.EC2);
        }
    },

    FUNCTION {
        @Override
        void play(Account account) {
            account.send("{\"taskId\":\"t\",\"function\":\"" + Account.FUNCTION + "\",\"payload\":{}}");
        }

        @Override
        void check(Account account) {
            assertThat(complete(account, "t").status()).isEqualTo(TaskStatus.SUCCEEDED);
            // Invoke knows no client token: at least once, and the function can tell by what it gets.
            assertThat(account.invocations()).hasSizeBetween(1, 2).allSatisfy(Scenario::namesTheFirstLaunch);
        }
    },

    INVALID {
        @Override
        void play(Account account) {
            account.send(
                    "{\"taskId\":\"t\",\"taskDefinition\":\"spillway-job\",\"taskRoleArn\":\"arn:aws:iam::1:role/x\"}");
        }

        @Override
        void check(Account account) {
            assertThat(complete(account, "t").status()).isEqualTo(TaskStatus.REJECTED);
            assertThat(account.deadLetters()).isNotEmpty();
            assertThat(account.started("t")).isEmpty();
        }
    },

    CANCELLED_WHILE_IT_RUNS {
        @Override
        void play(Account account) {
            account.instance("m5.large").send(LONG_TASK);
            account.pass(Duration.ofSeconds(20)).send(CANCEL);
        }

        @Override
        void check(Account account) {
            hasNotOutlivedItsCancellation(account);
        }
    },

    CANCELLED_BEFORE_IT_COMES {
        @Override
        void play(Account account) {
            account.instance("m5.large").send(CANCEL);
            account.pass(Duration.ofSeconds(20)).send(LONG_TASK);
        }

        @Override
        void check(Account account) {
            hasNotOutlivedItsCancellation(account);
        }
    },

    TWO_OF_THE_SAME_ID {
        @Override
        void play(Account account) {
            account.instance("m5.large").send(task("t"));
            account.pass(Duration.ofSeconds(20)).send(OTHER);
        }

        @Override
        void check(Account account) {
            // Whichever came first when nothing went wrong has the id.
            hasRunOnce(account, "t", CapacityType.EC2);
            assertThat(account.deadLetters()).isNotEmpty();
        }
    };

    private static final String CANCEL = "{\"cancel\":\"t\",\"reason\":\"not wanted\"}";

    /** Still runs when a cancel message comes again. */
    private static final String LONG_TASK = """
            {"taskId": "t", "taskDefinition": "spillway-job", "environment": {"SIMULATED_SECONDS": "1800"}}
            """;

    /** Another task of the same id. */
    private static final String OTHER = "{\"taskId\":\"t\",\"taskDefinition\":\"spillway-job\",\"priority\":7}";

    /** Sends everything. */
    abstract void play(Account account);

    /** Looks at the end, long after. */
    abstract void check(Account account);

    private static String task(String id) {
        return "{\"taskId\":\"%s\",\"taskDefinition\":\"%s\"}".formatted(id, Account.DEFINITION);
    }

    private static void hasRunOnce(Account account, String id, CapacityType on) {
        TaskRecord record = complete(account, id);
        assertThat(record.status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(record.capacityType()).isEqualTo(on);
        assertThat(record.exitCode()).isZero();
        assertThat(record.attempt()).isEqualTo(1);
        assertThat(record.losses()).isZero();
        assertThat(record.placedAt()).isNotNull();
        assertThat(record.startedAt()).isNotNull();
        assertThat(account.started(id)).containsExactly(record.taskArn());
    }

    private static void hasNotOutlivedItsCancellation(Account account) {
        assertThat(complete(account, "t").status()).isEqualTo(TaskStatus.CANCELLED);
        assertThat(account.started("t")).hasSizeLessThanOrEqualTo(1);
        assertThat(account.alive("t")).isEmpty();
    }

    private static TaskRecord complete(Account account, String id) {
        TaskRecord record = account.record(id);
        assertThat(record.status().isEnd()).isTrue();
        assertThat(record.history().getLast().status()).isEqualTo(record.status());
        assertThat(record.claim()).isNull();
        assertThat(record.replayLaunch()).isFalse();
        assertThat(record.dueAt()).isNull();
        assertThat(record.stoppedAt()).isNotNull();
        assertThat(record.expiresAt()).isNotNull();
        return record;
    }

    private static void namesTheFirstLaunch(JsonNode invocation) {
        assertThat(invocation.path("taskId").asText()).isEqualTo("t");
        assertThat(invocation.path("launch").asInt()).isEqualTo(1);
    }
}
