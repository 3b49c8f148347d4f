package dev.spillway.local.contract;

import org.junit.jupiter.api.Nested;

/** What Spillway asks of AWS, all of it, on one server. */
abstract class AwsContract {

    /** The server, which has been started before. */
    abstract AwsServer server();

    @Nested
    class Store extends DynamoDbStoreContract {
        Store() {
            super(AwsContract.this.server());
        }
    }

    @Nested
    class Queues extends QueueContract {
        Queues() {
            super(AwsContract.this.server());
        }
    }

    @Nested
    class Launches extends LauncherContract {
        Launches() {
            super(AwsContract.this.server());
        }
    }

    @Nested
    class Cluster extends ClusterContract {
        Cluster() {
            super(AwsContract.this.server());
        }
    }

    @Nested
    class EndToEnd extends EndToEndContract {
        EndToEnd() {
            super(AwsContract.this.server());
        }
    }
}
