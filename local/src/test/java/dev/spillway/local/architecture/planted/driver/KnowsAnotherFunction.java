package dev.spillway.local.architecture.planted.driver;

import dev.spillway.local.architecture.planted.taskstate.Function;

final class KnowsAnotherFunction extends Function {}
