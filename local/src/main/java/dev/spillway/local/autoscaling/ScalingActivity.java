package dev.spillway.local.autoscaling;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.Activity;

/** One launch or termination, as DescribeScalingActivities shows it. Guarded by the lock of its {@link AutoScalingWorld}. */
final class ScalingActivity {

    /** The statuses that the simulation has; nothing in it cancels an activity. */
    enum Status {
        IN_PROGRESS("InProgress"),
        SUCCESSFUL("Successful"),
        FAILED("Failed");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private static final int DONE = 100;
    private static final int HALF = 50;

    final long sequence;
    final String id;
    final String requestId;
    final String description;
    final String cause;
    final Instant startTime;
    final String availabilityZone;
    final String subnetId;

    private Status status = Status.IN_PROGRESS;
    private String statusMessage = "";
    private @Nullable Instant endTime;

    ScalingActivity(
            long sequence,
            String id,
            String requestId,
            String description,
            String cause,
            Instant startTime,
            String availabilityZone,
            String subnetId) {
        this.sequence = sequence;
        this.id = id;
        this.requestId = requestId;
        this.description = description;
        this.cause = cause;
        this.startTime = startTime;
        this.availabilityZone = availabilityZone;
        this.subnetId = subnetId;
    }

    boolean inProgress() {
        return status == Status.IN_PROGRESS;
    }

    Status status() {
        return status;
    }

    String statusMessage() {
        return statusMessage;
    }

    @Nullable
    Instant endTime() {
        return endTime;
    }

    void succeeded(Instant now) {
        status = Status.SUCCESSFUL;
        endTime = now;
    }

    void failed(Instant now, String message) {
        status = Status.FAILED;
        statusMessage = message;
        endTime = now;
    }

    ObjectNode details() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Subnet ID", subnetId)
                .put("Availability Zone", availabilityZone);
    }

    Activity describe(GroupState group) {
        return Activity.builder()
                .activityId(id)
                .autoScalingGroupName(group.name())
                .autoScalingGroupARN(group.arn())
                .description(description)
                .cause(cause)
                .startTime(startTime)
                .endTime(endTime)
                .statusCode(status.text())
                .statusMessage(statusMessage.isEmpty() ? null : statusMessage)
                .progress(inProgress() ? HALF : DONE)
                .details(details().toString())
                .build();
    }
}
