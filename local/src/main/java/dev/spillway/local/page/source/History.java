package dev.spillway.local.page.source;

import dev.spillway.local.page.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * All that was seen since the beginning, in a bounded number of points: when it is full, every second point is forgotten,
 * and new ones are kept half as often. So the newest can be a moment old, and the whole story is always there. Safe for
 * use by many threads.
 */
public final class History {

    private static final int MIN_CAPACITY = 4;

    private final int capacity;
    private Duration spacing;
    private List<Point> points = new ArrayList<>();

    /**
     * A history of nothing.
     *
     * @param capacity the most points, at least 4
     * @param spacing the least time between two points as long as there is room
     */
    public History(int capacity, Duration spacing) {
        if (capacity < MIN_CAPACITY || !spacing.isPositive()) {
            throw new IllegalArgumentException("a history needs room for 4 points, and some time between them");
        }
        this.capacity = capacity;
        this.spacing = spacing;
    }

    /** Adds what was seen, unless that was too soon after the last point, or before it. */
    public synchronized void add(Point point) {
        if (!points.isEmpty() && point.at().isBefore(points.getLast().at().plus(spacing))) {
            return;
        }
        if (points.size() == capacity) {
            thin();
        }
        points.add(point);
    }

    /** The points after an instant, oldest first. */
    public synchronized List<Point> after(Instant instant) {
        return points.stream().filter(point -> point.at().isAfter(instant)).toList();
    }

    private void thin() {
        List<Point> kept = new ArrayList<>(capacity);
        for (int i = 0; i < points.size(); i += 2) {
            kept.add(points.get(i));
        }
        points = kept;
        spacing = spacing.multipliedBy(2);
    }
}
