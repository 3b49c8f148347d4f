package dev.spillway.common.ecs;

import java.util.Collection;
import java.util.List;

/** Reads the container instances of the cluster. */
public interface ContainerInstances {

    /** The named ones, as far as the cluster has them. */
    List<InstanceRoom> describe(Collection<String> arns);

    /** All that may take tasks: those in status ACTIVE. */
    List<InstanceRoom> active();
}
