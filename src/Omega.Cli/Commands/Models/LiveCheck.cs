using System.Text.Json;
using Omega.Cli.Configuration;
using Omega.Cli.Turns;
using Omega.Gpt;
using Omega.Gpt.Models;
using Omega.Gpt.Providers;

namespace Omega.Cli.Commands.Models;

internal enum LiveOutcome
{
    Passed,
    Failed,

    /// <summary>Not asked: the model or its provider has no such thing.</summary>
    Skipped,
}

/// <summary>What a provider made of one small request.</summary>
/// <param name="Model">The model as it is named.</param>
/// <param name="Test">What was asked for.</param>
/// <param name="Outcome">Whether it did it.</param>
/// <param name="Finding">In words.</param>
/// <param name="Asked">Whether a turn was run, which costs something.</param>
/// <param name="Cost">What it cost; null when nothing was asked or the price is unknown.</param>
internal sealed record LiveResult(string Model, string Test, LiveOutcome Outcome, string Finding, bool Asked = false, Cost? Cost = null);

/// <summary>
/// Asks a provider whether it serves a model, and whether the model streams and calls a function over our wire. Two tiny turns without a
/// store, each bounded in tokens and time, with the program's keys, limits and budgets, and a row in the ledger; nothing is tried twice,
/// and nobody else answers.
/// </summary>
internal sealed class LiveCheck
{
    private const int Tokens = 64;
    private const int ReasoningTokens = 2048; // a model that reasons spends them before its first word

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly FunctionDefinition Report = new(
        "report_status",
        "Reports the status.",
        JsonElement.Parse("""{"type": "object", "properties": {"status": {"type": "string", "enum": ["ok"]}}, "required": ["status"], "additionalProperties": false}"""));

    private readonly ProviderRegistry _providers;
    private readonly GptEngine _engine;

    /// <exception cref="CliException">A setting is wrong.</exception>
    public LiveCheck(ProviderRegistry providers, CliHost host)
    {
        host.ExportTelemetry();
        _providers = providers;
        _engine = new GptEngine(providers, time: host.Time, pipeline: PipelineArguments.OfSettings(host.Settings) with
        {
            Retry = null,
            Breaker = null,
            Resume = false,
            Fallbacks = [],
            Usage = new UsageOptions { Ledger = host.Usage, Budget = BudgetSettings.Read(host.Settings) },
            Throttle = Throttling.Of(host.Settings),
        });
    }

    public async Task<IReadOnlyList<LiveResult>> RunAsync(string name, CancellationToken cancellationToken)
    {
        var identity = _providers.Identify(name);
        var results = new List<LiveResult> { await ListedAsync(name, identity, cancellationToken).ConfigureAwait(false) };
        results.Add(await StreamingAsync(name, identity.Info, cancellationToken).ConfigureAwait(false));
        // Whoever does not even answer is not asked again.
        results.Add(results[^1].Outcome == LiveOutcome.Failed
            ? new LiveResult(name, "function", LiveOutcome.Skipped, "not asked, as it does not stream")
            : await CallingAsync(name, identity.Info, cancellationToken).ConfigureAwait(false));
        return results;
    }

    private async Task<LiveResult> ListedAsync(string name, ModelIdentity identity, CancellationToken cancellationToken)
    {
        const string test = "list";
        if (_providers.Describe().First(status => status.Name.Equals(identity.Provider, StringComparison.OrdinalIgnoreCase)) is { BaseUrl: null, KeyVariables.Count: 0 })
            return new LiveResult(name, test, LiveOutcome.Skipped, "it has no server");
        try
        {
            var served = await _providers.ListModelsAsync(identity.Provider, cancellationToken).ConfigureAwait(false);
            var names = identity.Info is { } info ? info.Aliases.Append(info.Name).Append(identity.Model) : [identity.Model];
            return served.Intersect(names, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } found
                ? new LiveResult(name, test, LiveOutcome.Passed, $"served as {found} ({served.Count} models listed)")
                : new LiveResult(name, test, LiveOutcome.Failed, $"not among the {served.Count} models that {identity.Provider} lists");
        }
        catch (GptException exception) when (exception.StatusCode is 404 or 405)
        {
            return new LiveResult(name, test, LiveOutcome.Skipped, "the server has no list of models");
        }
        catch (GptException exception)
        {
            return new LiveResult(name, test, LiveOutcome.Failed, exception.Message);
        }
    }

    private async Task<LiveResult> StreamingAsync(string name, ModelInfo? info, CancellationToken cancellationToken)
    {
        const string test = "streaming";
        var pieces = 0;
        var (completed, failure) = await AskAsync("Answer with the numbers from 1 to 9, separated by spaces, and nothing else.", Options(name, info), gptEvent => pieces += gptEvent is TextDeltaEvent ? 1 : 0, cancellationToken).ConfigureAwait(false);
        if (completed is null)
            return new LiveResult(name, test, LiveOutcome.Failed, failure!, Asked: true);
        var (outcome, finding) = completed switch
        {
            { Text.Length: 0 } => (LiveOutcome.Failed, $"it ended without a word ({ModelText.Lower(completed.FinishReason)})"),
            { FinishReason: not (FinishReason.Stop or FinishReason.Length) } => (LiveOutcome.Failed, $"it ended with {ModelText.Lower(completed.FinishReason)}"),
            _ => (LiveOutcome.Passed, $"{(pieces == 1 ? "all in 1 piece" : $"{pieces} pieces")}, the first after {TurnFooter.Seconds(completed.Timing.FirstTokenMs ?? completed.Timing.TotalMs)}{(completed.Usage is null ? "; reports no usage" : "")}"),
        };
        return new LiveResult(name, test, outcome, finding, Asked: true, completed.Cost);
    }

    private async Task<LiveResult> CallingAsync(string name, ModelInfo? info, CancellationToken cancellationToken)
    {
        const string test = "function";
        if (info is { Capabilities.Functions: false })
            return new LiveResult(name, test, LiveOutcome.Skipped, "it calls no functions");
        FunctionCallReadyEvent? call = null;
        FunctionCallRejectedEvent? rejected = null;
        var options = Options(name, info);
        options.Functions = new FunctionSet(Report);
        var (completed, failure) = await AskAsync("Call report_status with the status ok. Write nothing else.", options, See, cancellationToken).ConfigureAwait(false);
        if (rejected is not null)
            return new LiveResult(name, test, LiveOutcome.Failed, $"it called \"{rejected.Name}\" as nobody may: {rejected.Message}", Asked: true, completed?.Cost);
        if (completed is null)
            return new LiveResult(name, test, LiveOutcome.Failed, failure!, Asked: true);
        var (outcome, finding) = call switch
        {
            null => (LiveOutcome.Failed, $"it did not call ({ModelText.Lower(completed.FinishReason)})"),
            _ => (LiveOutcome.Passed, $"called with {call.Arguments}"),
        };
        return new LiveResult(name, test, outcome, finding, Asked: true, completed.Cost);

        void See(GptEvent gptEvent)
        {
            call ??= gptEvent as FunctionCallReadyEvent;
            rejected ??= gptEvent as FunctionCallRejectedEvent;
        }
    }

    private async Task<(TurnCompletedEvent? Completed, string? Failure)> AskAsync(string prompt, TurnOptions options, Action<GptEvent> see, CancellationToken cancellationToken)
    {
        TurnCompletedEvent? completed = null;
        try
        {
            await foreach (var gptEvent in _engine.RunAsync(_engine.NewConversation(), [Message.User(prompt)], options, cancellationToken).ConfigureAwait(false))
            {
                see(gptEvent);
                completed = gptEvent as TurnCompletedEvent ?? completed;
            }

            return (completed, "it ended without an answer");
        }
        catch (GptException exception)
        {
            return (null, exception.Message);
        }
    }

    private static TurnOptions Options(string name, ModelInfo? info)
    {
        var reasons = info is null or { Capabilities.Reasoning: true };
        return new TurnOptions
        {
            Model = name,
            MaxTokens = Math.Min(reasons ? ReasoningTokens : Tokens, info?.MaxOutput ?? int.MaxValue),
            ReasoningEffort = info?.Capabilities.Efforts is { Count: > 0 } efforts ? efforts.Min() : null,
            Limits = new FunctionLimits { MaxSteps = 1, MaxRepairs = 0 },
            Timeout = Patience,
            Lenient = true,
        };
    }
}
