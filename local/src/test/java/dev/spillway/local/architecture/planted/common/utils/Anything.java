package dev.spillway.local.architecture.planted.common.utils;

final class Anything {}
