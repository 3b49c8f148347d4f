package dev.spillway.local.architecture.planted.driver;

final class CountsMillis {
    long count() {
        return System.currentTimeMillis();
    }
}
