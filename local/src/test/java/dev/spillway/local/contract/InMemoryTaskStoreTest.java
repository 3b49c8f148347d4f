package dev.spillway.local.contract;

import static java.util.Objects.requireNonNull;

import dev.spillway.common.store.InMemoryTaskStore;

class InMemoryTaskStoreTest extends TaskIndexContract {

    @Override
    Fixture open() {
        InMemoryTaskStore store = new InMemoryTaskStore();
        return new Fixture(store, store, task -> store.forgetExpired(requireNonNull(task.expiresAt())));
    }

    @Override
    int changesPerWriter() {
        return 2_000;
    }
}
