package dev.spillway.local.architecture.planted.driver;

import dev.spillway.local.architecture.planted.local.Machine;

final class KnowsTheMachine extends Machine {}
