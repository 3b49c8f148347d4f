/**
 * A simulated Amazon EC2 as far as Auto Scaling and a Spot Fleet need it: instances that are launched, boot, join a
 * cluster, are taken back and end. Written from the EC2 user guide.
 */
@NullMarked
package dev.spillway.local.ec2;

import org.jspecify.annotations.NullMarked;
