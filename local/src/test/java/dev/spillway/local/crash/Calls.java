package dev.spillway.local.crash;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls that a function makes to AWS, and lets one of them go wrong. After a call that ends the process no
 * other works until the function is {@link #restarted}: a process that is gone calls nobody.
 */
final class Calls {

    private static final Set<String> NO_CALLS = Set.of("close", "serviceName", "toString", "hashCode", "equals");

    private final @Nullable Fault fault;
    private final int number;
    private final List<String> made = new CopyOnWriteArrayList<>();
    private boolean struck;
    private boolean ended;
    private Runnable afterEach = () -> {};

    private Calls(@Nullable Fault fault, int number) {
        this.fault = fault;
        this.number = number;
    }

    static Calls untroubled() {
        return new Calls(null, 0);
    }

    /** @param number of the call that goes wrong, from 1 */
    static Calls with(Fault fault, int number) {
        return new Calls(fault, number);
    }

    /** Runs after each call has worked and before it is answered. */
    void afterEach(Runnable action) {
        afterEach = action;
    }

    /** The calls so far, for example {@code EcsClient.runTask}. */
    List<String> made() {
        return List.copyOf(made);
    }

    /** Whether the call that was to go wrong was ever made. */
    boolean hasStruck() {
        return struck;
    }

    void restarted() {
        ended = false;
    }

    /** The same client or port; what is called on it is counted here. */
    <T> T watched(Class<T> type, T real) {
        Object watched = Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> NO_CALLS.contains(method.getName())
                        ? invoke(real, method, arguments)
                        : call(type.getSimpleName() + "." + method.getName(), () -> invoke(real, method, arguments)));
        return type.cast(watched);
    }

    private Object call(String name, Fault.Call call) throws Throwable {
        if (ended) {
            throw new ProcessEnded();
        }
        made.add(name);
        Fault.Call whole = () -> {
            Object answer = call.make();
            afterEach.run();
            return answer;
        };
        if (fault == null || made.size() != number) {
            return whole.make();
        }
        struck = true;
        ended = fault == Fault.ENDS_THE_PROCESS;
        return fault.strike(whole);
    }

    private static Object invoke(Object real, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }
}
