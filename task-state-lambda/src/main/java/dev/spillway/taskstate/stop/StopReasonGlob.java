package dev.spillway.taskstate.stop;

/** Matches stop reasons with {@code *} for any characters and {@code ?} for one. */
final class StopReasonGlob {

    private StopReasonGlob() {}

    /**
     * Whether the whole text matches. Takes at most glob × text steps, whatever a message puts into its glob; a regular
     * expression could be made to take for ever.
     */
    static boolean matches(String glob, String text) {
        int g = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (g < glob.length() && glob.charAt(g) == '*') {
                star = g++;
                resume = t;
            } else if (g < glob.length() && (glob.charAt(g) == '?' || glob.charAt(g) == text.charAt(t))) {
                g++;
                t++;
            } else if (star >= 0) {
                g = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (g < glob.length() && glob.charAt(g) == '*') {
            g++;
        }
        return g == glob.length();
    }
}
