using Omega.Gpt.Resilience.Hedging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Omega.Gpt.Resilience.Retrying;

/// <summary>
/// What is remembered of a model from turn to turn: whether it is well, and how soon it usually speaks. Holds the policy under which it is
/// asked: Polly's retry around Polly's circuit breaker. Thread-safe.
/// </summary>
internal sealed class ModelHealth
{
    private static readonly ResiliencePropertyKey<StepRun> Run = new("omega.step");

    private readonly TimeProvider _time;
    private readonly CircuitBreakerStateProvider? _breaker;
    private readonly ResiliencePipeline<OpenedStream> _policy;
    private long _leftAloneUntil;

    /// <param name="retry">How to retry; null for not.</param>
    /// <param name="breaker">When to leave the model alone; null for never.</param>
    /// <param name="budget">The retries of the model's provider.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">0 to 1, for the pauses.</param>
    public ModelHealth(RetryOptions? retry, BreakerOptions? breaker, RetryBudget? budget, TimeProvider time, Func<double>? random)
    {
        (Budget, _time) = (budget, time);
        var builder = new ResiliencePipelineBuilder<OpenedStream> { TimeProvider = time };
        if (retry is { MaxAttempts: > 1 })
            builder.AddRetry(Retry(retry, random));
        if (breaker is not null)
            builder.AddCircuitBreaker(Breaker(breaker, _breaker = new CircuitBreakerStateProvider()));
        _policy = builder.Build();
    }

    /// <summary>The retries of the model's provider; null where there are none.</summary>
    public RetryBudget? Budget { get; }

    /// <summary>How soon the model spoke lately.</summary>
    public FirstWords FirstWords { get; } = new();

    /// <summary>Whether the model is being left alone.</summary>
    /// <remarks>A breaker stays open, by its own account, until somebody asks after its time is up; here that time alone counts.</remarks>
    public bool IsLeftAlone => _breaker?.CircuitState == CircuitState.Open && _time.GetUtcNow().UtcTicks < Volatile.Read(ref _leftAloneUntil);

    /// <summary>Asks until the model speaks, or the policy gives up.</summary>
    /// <param name="run">The step.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="GptException">The last failure; or that the model is being left alone.</exception>
    public async ValueTask<OpenedStream> AskAsync(StepRun run, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Run, run);
        try
        {
            return await _policy.ExecuteAsync(static (context, run) => run.AttemptAsync(context.CancellationToken), context, run).ConfigureAwait(false);
        }
        catch (BrokenCircuitException exception)
        {
            throw new GptException(GptErrorKind.Overloaded, $"{run.Candidate.Id} has failed again and again and is being left alone for a while.", exception)
            {
                Phase = GptPhase.Request,
                Provider = run.Candidate.Model.ProviderName,
                Model = run.Candidate.Model.Model,
                IsRetryable = true,
                RetryAfter = exception.RetryAfter,
            };
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static StepRun Of(ResilienceContext context) => context.Properties.GetValue(Run, null!);

    private static RetryStrategyOptions<OpenedStream> Retry(RetryOptions retry, Func<double>? random)
    {
        var options = new RetryStrategyOptions<OpenedStream>
        {
            // The step counts its attempts itself, over interruptions too.
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = retry.Delay,
            MaxDelay = retry.MaxDelay,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is GptException failure && Of(arguments.Context).ShouldRetry(failure)),
            DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as GptException)?.RetryAfter),
            OnRetry = arguments => Of(arguments.Context).RetryingAsync((GptException)arguments.Outcome.Exception!, arguments.RetryDelay, arguments.Context.CancellationToken),
        };
        if (random is not null)
            options.Randomizer = random;
        return options;
    }

    private CircuitBreakerStrategyOptions<OpenedStream> Breaker(BreakerOptions breaker, CircuitBreakerStateProvider state) => new()
    {
        FailureRatio = breaker.FailureShare,
        MinimumThroughput = breaker.MinCalls,
        SamplingDuration = breaker.Window,
        BreakDuration = breaker.Pause,
        StateProvider = state,
        OnOpened = arguments =>
        {
            Volatile.Write(ref _leftAloneUntil, (_time.GetUtcNow() + arguments.BreakDuration).UtcTicks);
            return ValueTask.CompletedTask;
        },
        ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Exception is GptException failure && Failures.ShowsIllness(failure)),
    };
}
