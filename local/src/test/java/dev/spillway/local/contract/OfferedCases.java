package dev.spillway.local.contract;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Skips a case, with the reason, when its server has said that it does not offer an operation. Whether the case then
 * passed or failed says nothing: an unknown function and an unknown service are both "not found".
 */
final class OfferedCases implements BeforeEachCallback, InvocationInterceptor {

    @Override
    public void beforeEach(ExtensionContext context) {
        server(context).forgetRefusals();
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, context);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, context);
    }

    private static void run(Invocation<Void> invocation, ExtensionContext context) throws Throwable {
        Throwable failure = null;
        try {
            invocation.proceed();
        } catch (Throwable thrown) {
            failure = thrown;
        }
        String refusal = server(context).refusal().orElse(null);
        if (refusal != null) {
            throw new TestAbortedException(refusal, failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static AwsServer server(ExtensionContext context) {
        return context.getRequiredTestInstances()
                .findInstance(AwsContract.class)
                .orElseThrow()
                .server();
    }
}
