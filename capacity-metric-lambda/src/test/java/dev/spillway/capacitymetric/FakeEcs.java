package dev.spillway.capacitymetric;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.Resource;

/** A cluster of container instances that counts the calls that are made of it. Safe for several threads once it is filled. */
public final class FakeEcs implements EcsClient {

    private static final int PAGE = 100;

    private final String cluster;
    private final Map<String, ContainerInstance> instances = new LinkedHashMap<>();
    private final List<String> listed = new ArrayList<>();
    private final AtomicInteger lists = new AtomicInteger();
    private final AtomicInteger describes = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private Runnable onEachCall = () -> {};
    private Runnable onDescribe = () -> {};
    private UnaryOperator<DescribeContainerInstancesResponse> lastAnswer = answer -> answer;

    public FakeEcs(String cluster) {
        this.cluster = cluster;
    }

    /** What an m5.2xlarge registers. */
    public static ContainerInstance.Builder instance(int number, String capacity) {
        return ContainerInstance.builder()
                .containerInstanceArn(arn(number))
                .status("ACTIVE")
                .agentConnected(true)
                .registeredResources(resources(8_192, 31_634))
                .remainingResources(resources(8_192, 31_634))
                .attributes(Stream.concat(
                                // About as many as an agent registers.
                                IntStream.range(0, 40)
                                        .mapToObj(n -> attribute("com.amazonaws.ecs.capability." + n, null)),
                                Stream.of(attribute("spillway.capacity", capacity)))
                        .toList());
    }

    public static String arn(int number) {
        return "arn:aws:ecs:eu-central-1:123456789012:container-instance/spillway/%032x".formatted(number);
    }

    public static List<Resource> resources(int cpu, int memory, String... gpus) {
        List<Resource> resources = new ArrayList<>(List.of(
                Resource.builder().name("CPU").type("INTEGER").integerValue(cpu).build(),
                Resource.builder()
                        .name("MEMORY")
                        .type("INTEGER")
                        .integerValue(memory)
                        .build(),
                Resource.builder()
                        .name("PORTS")
                        .type("STRINGSET")
                        .stringSetValue("22", "2376", "2375", "51678", "51679")
                        .build()));
        if (gpus.length > 0) {
            resources.add(Resource.builder()
                    .name("GPU")
                    .type("STRINGSET")
                    .stringSetValue(gpus)
                    .build());
        }
        return resources;
    }

    private static Attribute attribute(String name, @Nullable String value) {
        return Attribute.builder().name(name).value(value).build();
    }

    public FakeEcs has(ContainerInstance.Builder... some) {
        for (ContainerInstance.Builder one : some) {
            ContainerInstance instance = one.build();
            instances.put(instance.containerInstanceArn(), instance);
            listed.add(instance.containerInstanceArn());
        }
        return this;
    }

    /** Lists an instance once more, as when it moves to another page while it is listed. */
    FakeEcs listsAgain(int number) {
        listed.add(arn(number));
        return this;
    }

    /** Lists an instance that is gone when it is to be described. */
    FakeEcs listsGone(int number) {
        listed.add(arn(number));
        return this;
    }

    /** What happens before each call is answered: it takes its time, or fails. */
    public FakeEcs onEachCall(Runnable action) {
        onEachCall = action;
        return this;
    }

    FakeEcs onDescribe(Runnable action) {
        onDescribe = action;
        return this;
    }

    FakeEcs answersLastWith(UnaryOperator<DescribeContainerInstancesResponse> change) {
        lastAnswer = change;
        return this;
    }

    public int lists() {
        return lists.get();
    }

    public int describes() {
        return describes.get();
    }

    /** How many calls were under way at the same time, at most. */
    int mostUnderWay() {
        return mostUnderWay.get();
    }

    int underWay() {
        return underWay.get();
    }

    @Override
    public ListContainerInstancesResponse listContainerInstances(ListContainerInstancesRequest request) {
        lists.incrementAndGet();
        return call(request.cluster(), () -> {}, () -> {
            int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
            int to = Math.min(from + Math.min(PAGE, request.maxResults()), listed.size());
            return ListContainerInstancesResponse.builder()
                    .containerInstanceArns(listed.subList(from, to))
                    .nextToken(to < listed.size() ? Integer.toString(to) : null)
                    .build();
        });
    }

    @Override
    public DescribeContainerInstancesResponse describeContainerInstances(DescribeContainerInstancesRequest request) {
        describes.incrementAndGet();
        List<String> arns = request.containerInstances();
        if (arns.isEmpty() || arns.size() > PAGE) {
            throw new AssertionError("1 to 100 instances, not " + arns.size());
        }
        return call(request.cluster(), onDescribe, () -> {
            DescribeContainerInstancesResponse answer = DescribeContainerInstancesResponse.builder()
                    .containerInstances(arns.stream()
                            .filter(instances::containsKey)
                            .map(instances::get)
                            .toList())
                    .failures(missing(arns))
                    .build();
            return arns.contains(listed.getLast()) ? lastAnswer.apply(answer) : answer;
        });
    }

    private Collection<Failure> missing(List<String> arns) {
        return arns.stream()
                .filter(arn -> !instances.containsKey(arn))
                .map(arn -> Failure.builder().arn(arn).reason("MISSING").build())
                .toList();
    }

    private <T> T call(String name, Runnable before, java.util.function.Supplier<T> answer) {
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try {
            onEachCall.run();
            before.run();
            if (!name.equals(cluster)) {
                throw ClusterNotFoundException.builder()
                        .message("Cluster not found.")
                        .build();
            }
            return answer.get();
        } finally {
            underWay.decrementAndGet();
        }
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
