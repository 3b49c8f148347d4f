package dev.spillway.local.contract;

import org.junit.jupiter.api.AfterEach;

/** Cases with a deployment of their own. */
abstract class StackContract {

    final AwsServer server;
    final Stack stack;

    StackContract(AwsServer server) {
        this.server = server;
        this.stack = new Stack(server);
    }

    @AfterEach
    void deleteTheStack() {
        stack.close();
    }
}
