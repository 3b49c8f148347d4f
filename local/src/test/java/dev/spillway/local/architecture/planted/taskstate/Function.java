package dev.spillway.local.architecture.planted.taskstate;

/** Another function than the driver. */
public class Function {}
