using System.Collections.Concurrent;
using Omega.Gpt.Caching;
using Omega.Gpt.Diagnostics;
using Omega.Gpt.Models;
using Omega.Gpt.Providers;
using Omega.Gpt.Recording;
using Omega.Gpt.Resilience.Failover;
using Omega.Gpt.Resilience.Retrying;
using Omega.Gpt.Resilience.Timeouts;
using Omega.Gpt.Usage;

namespace Omega.Gpt.Resilience;

/// <summary>
/// Puts the stages around a model's provider, in the one order that holds for all:
/// <c>cache → steady { retry, failover, resume, hedge } → call { key → throttle → budget and meter → telemetry → recorder → timeouts → wire }</c>.
/// Remembers from turn to turn which models are well. Thread-safe.
/// </summary>
internal sealed class ModelPipeline
{
    /// <summary>Models that are remembered; a program that asks for more names than that starts over with a clean record.</summary>
    private const int MostModels = 1000;

    private readonly GptPipelineOptions _options;
    private readonly TimeProvider _time;
    private readonly UsageMeter? _meter;
    private readonly Throttles? _throttles;
    private readonly AnswerSharing _sharing = new();
    private readonly ConcurrentDictionary<string, ModelHealth> _health = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RetryBudget> _budgets = new(StringComparer.Ordinal);

    /// <param name="options">The parts.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="GptException">An option is out of range.</exception>
    public ModelPipeline(GptPipelineOptions options, TimeProvider time)
    {
        options.Validate();
        (_options, _time) = (options, time);
        _throttles = options.Throttle is { } throttle ? new Throttles(throttle, time) : null;
        _meter = options.Usage is { } usage ? new UsageMeter(usage, time) : null;
    }

    /// <summary>Writes down what turns do; null where nobody does.</summary>
    public SessionRecorder? Recorder => _options.Recorder;

    /// <summary>Whether calls are made one by one, each with an attempt; else the provider is asked as it is.</summary>
    private bool IsOn => _options != new GptPipelineOptions();

    /// <summary>The names to ask for a name: itself, or what an alias stands for.</summary>
    public (string Model, IEnumerable<string> Fallbacks) Resolve(string model) => _options.Aliases.TryGetValue(model, out var models)
        ? (models[0], models.Skip(1).Concat(_options.Fallbacks).SelectMany(Names))
        : (model, _options.Fallbacks.SelectMany(Names));

    /// <summary>The models that may answer a turn; null where one model is asked as it is.</summary>
    /// <param name="first">The model that was asked for.</param>
    /// <param name="fallbacks">The names of the others.</param>
    /// <param name="find">Finds one of them.</param>
    /// <param name="options">The turn's options, not yet fitted to any model.</param>
    /// <param name="contents">What the turn's request holds.</param>
    public ModelRoute? Route(ResolvedModel first, IEnumerable<string> fallbacks, Func<string, ResolvedModel> find, GenerationOptions options, RequestContents contents)
    {
        return IsOn ? new ModelRoute(Candidate(first), fallbacks, name => Fallback(find(name))) : null;

        Candidate Fallback(ResolvedModel model)
        {
            // What a model cannot do rules it out; how it would do it is left out, and said.
            var schema = options.ResponseFormat?.Kind == "json_schema" && model.Info is { Capabilities.JsonSchema: false };
            if (schema)
                throw new GptException(GptErrorKind.BadRequest, "it cannot be held to a schema") { Phase = GptPhase.Request };
            var fitted = OptionCheck.Apply(options, model.Info, contents, lenient: true);
            return Candidate(model with { Info = fitted.Info }) with
            {
                Options = fitted.Options,
                Notices = model.Switched is { } switched ? [switched, .. fitted.Notices] : fitted.Notices,
            };
        }
    }

    /// <summary>What a turn asks: one logical request, however many calls of wires it takes.</summary>
    /// <param name="model">The model that was asked for.</param>
    /// <param name="route">The models that may answer.</param>
    /// <param name="cache">Whether, and how, answers are given again.</param>
    /// <param name="temperature">The turn's temperature.</param>
    /// <returns>The provider, and the stage in it that keeps the turn's answers; null where none does.</returns>
    public (IModelProvider Steps, CachedSteps? Cache) Around(ResolvedModel model, ModelRoute? route, CacheUse cache, double? temperature)
    {
        if (route is null)
            return (new ObservedProvider(model.Provider, model.Provider, _time), null);
        IModelProvider steps = new SteadyProvider(route, _options, _time);
        CachedSteps? cached = null;
        if (_options.Cache is { } answers && (cache == CacheUse.On || (cache == CacheUse.Auto && temperature == 0)))
            steps = cached = new CachedSteps(steps, answers, _sharing, route, _time);
        if (_options.Recorder is { } recorder)
            steps = new StepRecorder(steps, recorder, () => route.Served.Model);
        return (steps, cached);
    }

    private Candidate Candidate(ResolvedModel model) => new() { Model = model, Calls = Attempt(model), Health = HealthOf(model) };

    /// <summary>One call of a wire. The request carries its <see cref="Providers.Attempt"/>.</summary>
    private IModelProvider Attempt(ResolvedModel model)
    {
        var calls = model.Provider;
        if (_options.Timeouts is { } timeouts)
            calls = new TimedProvider(calls, timeouts, _time);
        if (_options.Recorder is { } recorder)
            calls = new AttemptRecorder(calls, recorder);
        calls = new ObservedProvider(calls, model.Provider, _time);
        // What asks no model spends nothing.
        if (_meter is not null && model.Provider is not (Providers.Offline.OfflineProvider or ReplayProvider))
        {
            _meter.Ledger.Prepare();
            calls = new MeteringProvider(calls, _meter);
        }

        if (_throttles is not null)
            calls = new ThrottleStage(calls, _throttles, model.Keys?.Provider ?? model.ProviderName);
        if (_options.Keys is { } keys && model.Keys is { } ring)
            calls = new KeyStage(calls, ring, keys);
        return calls;
    }

    private ModelHealth HealthOf(ResolvedModel model)
    {
        if (_health.Count > MostModels)
            _health.Clear();
        return _health.GetOrAdd(model.Id, _ => new ModelHealth(_options.Retry, _options.Breaker, BudgetOf(model.ProviderName), _time, _options.Randomizer));
    }

    private RetryBudget? BudgetOf(string provider) => _options.Retry is { } retry ? _budgets.GetOrAdd(provider, _ => new RetryBudget(retry, _time)) : null;

    private IEnumerable<string> Names(string name) => _options.Aliases.TryGetValue(name, out var models) ? models : [name];
}
