using System.Runtime.CompilerServices;
using System.Text.Json;
using Omega.Gpt.Providers;
using Omega.Gpt.Recording.Format;
using Omega.Gpt.Recording.Replay;
using Omega.Gpt.Resilience.Failover;
using Omega.Gpt.Resilience.Retrying;
using Omega.Gpt.Turns;

namespace Omega.Gpt;

/// <summary>
/// Runs the turns of a recording again, without a model: requests and functions are answered from it, times and ids are its own, and every
/// event must come out as it was, to the byte. Where one does not, the replay fails and shows both. One consumer.
/// </summary>
/// <param name="recording">The recording.</param>
public sealed class SessionReplay(SessionRecording recording)
{
    private readonly RecordedAnswers _answers = new(recording);
    private readonly Dictionary<string, Conversation> _conversations = new(StringComparer.Ordinal);

    /// <summary>
    /// Functions to run anew from the next turn on, in the place of what the recording says of their calls; null to run none. Then events carry the present's times,
    /// and are not compared: a function that returns something else than before makes the next request one that the recording has not seen. Those
    /// that require approval are answered from the recording all the same.
    /// </summary>
    public FunctionSet? Functions { get; set; }

    /// <summary>
    /// Runs a turn again; the turns of a conversation in their order. One that cannot be run again (<see cref="RecordedTurn.Obstacle"/>)
    /// yields its events as they were.
    /// </summary>
    /// <param name="turn">A turn of the recording.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The turn's events; one that failed or was cancelled ends with that event, and no exception.</returns>
    /// <exception cref="RecordingException">The replay left the recording.</exception>
    public async IAsyncEnumerable<GptEvent> RunAsync(RecordedTurn turn, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(turn);
        if (turn.Obstacle is not null)
        {
            foreach (var gptEvent in turn.Events)
                yield return gptEvent;
            yield break;
        }

        var (loop, script) = Prepare(turn);
        using var scripted = script;
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, script.Stop);
        var events = loop.RunAsync(linked.Token).GetAsyncEnumerator(linked.Token);
        var isLeft = true;
        try
        {
            GptEvent? last = null;
            while (isLeft = await MoveAsync(events, last, cancellationToken).ConfigureAwait(false))
                yield return last = events.Current;
        }
        finally
        {
            try
            {
                await events.DisposeAsync().ConfigureAwait(false);
            }
            catch (RecordingException) when (isLeft)
            {
                // Whoever watches has had enough: how the turn ends without them is in no recording.
            }
        }
    }

    /// <summary>How a turn ended is in its last event: an exception that only repeats it is none.</summary>
    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<GptEvent> events, GptEvent? last, CancellationToken cancellationToken)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (GptException exception) when (exception is not RecordingException && last is TurnFailedEvent)
        {
            return false;
        }
        catch (RecordingException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The replay was stopped.", cancellationToken);
        }
        catch (OperationCanceledException) when (last is TurnCancelledEvent && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private (TurnLoop Loop, TurnScript Script) Prepare(RecordedTurn turn)
    {
        try
        {
            var asked = turn.Asked!.Value;
            var clock = new ReplayClock(turn.At);
            var time = Functions is null ? clock : TimeProvider.System;
            var script = new TurnScript(turn, clock);
            var registry = ProviderRegistry.Create(null, time);
            var first = Candidate(registry, asked.RequiredText("provider"), asked.RequiredText("model"), time);
            var route = new ModelRoute(first, [], _ => first);
            var recorded = TurnJson.ReadFunctions(asked);
            var plan = new TurnPlan
            {
                Turn = turn.Id,
                Conversation = ConversationOf(turn, asked),
                Input = TurnJson.ReadMessages(asked.Required("input")),
                Options = OptionsJson.Read(asked.Required("options")) with { SystemMessage = asked.Text("system") },
                Functions = Functions is null ? recorded : Live(turn, recorded, Functions),
                Requested = asked.RequiredText("requested"),
                Model = first.Model with { Provider = new ScriptedAnswers(_answers, route, (provider, model) => Candidate(registry, provider, model, time), script) },
                Route = route,
                Notices = [.. turn.Events.Skip(1).TakeWhile(gptEvent => gptEvent is not StepStartedEvent && !gptEvent.EndsTurn).Select(gptEvent => gptEvent with { })],
                Annotator = Functions is null ? script.AnnotateAsync : null,
                Timeout = asked.Number("timeout_ms") is { } timeout ? TimeSpan.FromMilliseconds(timeout) : null,
                Limits = TurnJson.ReadLimits(asked.Required("limits")),
                Script = Functions is null ? script : null,
                IsRepeatable = asked.IsTrue("repeatable"),
                At = turn.At,
            };
            var engine = new GptEngine(registry, time: time, ids: Functions is null ? new ReplayIds([], []) : new TurnIds(time));
            return (new TurnLoop(plan, engine), script);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new RecordingException($"Turn {turn.Id} of \"{recording.File}\" cannot be run again: {exception.Message}", exception) { File = recording.File };
        }
    }

    private Conversation ConversationOf(RecordedTurn turn, JsonElement asked)
    {
        if (_conversations.TryGetValue(turn.Conversation, out var conversation) && !asked.TryGetProperty("history", out _))
            return conversation;
        conversation = new Conversation(turn.Conversation, turn.At);
        if (asked.TryGetProperty("history", out var history))
        {
            foreach (var message in TurnJson.ReadMessages(history))
                conversation.Append(message, turn.At);
        }

        return _conversations[turn.Conversation] = conversation;
    }

    /// <summary>The turn's functions, in their order: those that are given and need no approval are run, the others answered from the recording.</summary>
    private static FunctionSet Live(RecordedTurn turn, FunctionSet recorded, FunctionSet live)
    {
        return FunctionSet.Of(recorded.Definitions.Select(definition =>
            live.Entry(definition.Name) is { Function.Options.RequiresApproval: false } entry ? entry
            : recorded.FindFunction(definition.Name) is { } function ? new FunctionEntry(new GptFunction(definition, Answer, function.Options with { RequiresApproval = false }))
            : recorded.Entry(definition.Name)!));

        ValueTask<JsonElement> Answer(JsonElement arguments, FunctionContext context, CancellationToken cancellationToken) => turn.Calls.TryGetValue(context.Call, out var call) && call.Error is null
            ? ValueTask.FromResult(call.Result)
            : throw new InvalidOperationException(call?.Message ?? "The recording has no such call.");
    }

    private static Candidate Candidate(ProviderRegistry registry, string provider, string model, TimeProvider time) => new()
    {
        Model = new ResolvedModel(NoProvider.Instance, provider, model, registry.Catalog.Find(provider, model)),
        Calls = NoProvider.Instance,
        Health = new ModelHealth(null, null, null, time, null),
    };

    /// <summary>Nobody is asked in a replay.</summary>
    private sealed class NoProvider : IModelProvider
    {
        public static readonly NoProvider Instance = new();

        public string Name => "replay";

        public IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("A replay asks no provider.");
    }
}
