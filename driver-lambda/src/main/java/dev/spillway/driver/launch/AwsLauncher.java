package dev.spillway.driver.launch;

/** Sends each launch to the service that it is for. */
public final class AwsLauncher implements Launcher {

    private final EcsLauncher ecs;
    private final LambdaLauncher lambda;

    public AwsLauncher(EcsLauncher ecs, LambdaLauncher lambda) {
        this.ecs = ecs;
        this.lambda = lambda;
    }

    @Override
    public LaunchAnswer launch(Launch launch) {
        return switch (launch) {
            case Launch.OnEcs onEcs -> ecs.launch(onEcs);
            case Launch.OnLambda onLambda -> lambda.launch(onLambda);
        };
    }
}
