package dev.spillway.local.template;

import dev.spillway.common.aws.AwsClients;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** An AWS in which there is nothing yet, or that does not answer. It keeps what it is asked, as IAM names it. */
final class RecordedAws implements AwsClients {

    private final boolean answers;
    /** The shards of an index are asked at the same time, whatever the executor of the function is. */
    private final List<String> actions = new CopyOnWriteArrayList<>();

    private RecordedAws(boolean answers) {
        this.answers = answers;
    }

    static RecordedAws answering() {
        return new RecordedAws(true);
    }

    static RecordedAws failing() {
        return new RecordedAws(false);
    }

    /** What was asked, for example {@code ecs:DescribeTasks}. */
    List<String> actions() {
        return List.copyOf(actions);
    }

    void forget() {
        actions.clear();
    }

    @Override
    public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
            Class<C> type, Supplier<B> builder) {
        String service = type.getSimpleName().replaceFirst("Client$", "").toLowerCase(Locale.ROOT);
        InvocationHandler handler = (proxy, method, arguments) -> isOperation(method, arguments)
                ? answer(service, method)
                // The other forms of an operation come down to this one.
                : InvocationHandler.invokeDefault(proxy, method, arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static boolean isOperation(Method method, Object @Nullable [] arguments) {
        return arguments != null
                && arguments.length == 1
                && arguments[0] instanceof SdkRequest
                && SdkResponse.class.isAssignableFrom(method.getReturnType());
    }

    private Object answer(String service, Method method) throws ReflectiveOperationException {
        String name = method.getName();
        actions.add("%s:%s%s".formatted(service, name.substring(0, 1).toUpperCase(Locale.ROOT), name.substring(1)));
        if (!answers) {
            throw SdkClientException.create("Unable to execute HTTP request");
        }
        if (name.equals("describeTaskDefinition")) {
            throw ClientException.builder()
                    .message("Unable to describe task definition.")
                    .build();
        }
        Object builder = method.getReturnType().getMethod("builder").invoke(null);
        return ((SdkBuilder<?, ?>) builder).build();
    }
}
