package dev.spillway.local.ecs;

/**
 * A type of EC2 instance as ECS registers it.
 *
 * @param name for example {@code m5.large}
 * @param cpu CPU units, 1,024 a vCPU
 * @param memory MiB that the agent registers: what the kernel shows of the machine's memory, some hundred MiB less
 * @param architecture {@code x86_64} or {@code arm64}
 * @param networkInterfaces the most that the type takes, the primary one included
 * @param gpus whole GPUs
 */
public record InstanceType(String name, int cpu, int memory, String architecture, int networkInterfaces, int gpus) {}
