package dev.spillway.local.architecture.planted.local;

/** What a function must not know. */
public class Machine {}
