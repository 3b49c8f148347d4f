package dev.spillway.spotfallback.decision;

/** What becomes of the on-demand group's desired capacity. */
public sealed interface Decision {

    /** The number that the group is to have. */
    record ScaleOut(int to, Numbers numbers) implements Decision {}

    /** The number that the group is to have. */
    record ScaleIn(int to, Numbers numbers) implements Decision {}

    /** It stays, for this reason. */
    record NoAction(Reason reason, Numbers numbers) implements Decision {}

    /** It stays, because what would change it is not known. */
    record Unknown(String what) implements Decision {}

    /** It stays, because a new Spot target gets its time first. */
    record TargetChanged(String what) implements Decision {}

    /** Why the group stays as it is, although everything is known. */
    enum Reason {
        /** It has what is missing. */
        ENOUGH,
        /** Less is missing than it has, but not for long enough. */
        PENDING_UNTIL_RECENTLY,
        /** It is at its maximum and more is missing. */
        AT_MAXIMUM
    }

    /**
     * What was decided by.
     *
     * @param pending capacity units that Spot does not give
     * @param wanted on-demand instances in their place, before the group's bounds
     * @param desired on-demand instances that the group wants now
     * @param shortfall on-demand instances wanted beyond the group's maximum
     * @param note why Spot does not give them, in AWS's words; may be empty
     */
    record Numbers(double pending, int wanted, int desired, int min, int max, int shortfall, String note) {}
}
