using System.Runtime.CompilerServices;
using Omega.Gpt.Models;
using Omega.Gpt.Providers;
using Omega.Gpt.Resilience;
using Omega.Gpt.Turns;

namespace Omega.Gpt;

/// <summary>
/// Runs turns of any conversation on any model. Thread-safe; one is enough for a program. <see cref="RealTimeGpt"/> is the same with
/// a current conversation.
/// </summary>
public sealed partial class GptEngine
{
    private readonly ConditionalWeakTable<Conversation, object> _running = [];
    private readonly ModelPipeline _pipeline;
    private readonly HistoryPolicy? _history;

    /// <summary>Creates an engine.</summary>
    /// <param name="providers">How to reach the models.</param>
    /// <param name="defaults">Defaults of every turn; null for none.</param>
    /// <param name="store">Keeps conversations and turn logs; null keeps them in memory only, without a journal.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="ids">Makes ids; null for time-ordered random ones.</param>
    /// <param name="ledger">
    /// Keeps calls with side effects from being run twice when a turn is resumed; null leaves that to the turn's log, which then takes every
    /// call that was begun for one whose end is unknown.
    /// </param>
    /// <param name="pipeline">What stands between a turn and the wire; null for nothing.</param>
    public GptEngine(
        ProviderRegistry providers,
        GenerationOptions? defaults = null,
        IConversationStore? store = null,
        TimeProvider? time = null,
        IIdSource? ids = null,
        ICallLedger? ledger = null,
        GptPipelineOptions? pipeline = null)
    {
        Ledger = ledger;
        Providers = providers;
        Defaults = defaults ?? new GenerationOptions();
        Store = store;
        Time = time ?? TimeProvider.System;
        pipeline ??= new GptPipelineOptions();
        _history = pipeline.History;
        Usage = pipeline.Usage?.Ledger;
        _pipeline = new ModelPipeline(pipeline, Time);
        Ids = ids ?? new TurnIds(Time);
    }

    /// <summary>How the models are reached.</summary>
    public ProviderRegistry Providers { get; }

    /// <summary>Defaults of every turn.</summary>
    public GenerationOptions Defaults { get; }

    /// <summary>Where conversations and turn logs are kept; null for memory only.</summary>
    public IConversationStore? Store { get; }

    /// <summary>What calls with side effects have done; null where nothing is kept.</summary>
    public ICallLedger? Ledger { get; }

    /// <summary>What calls of models took and cost; null where nothing is counted.</summary>
    public UsageLedger? Usage { get; }

    internal TimeProvider Time { get; }

    internal IIdSource Ids { get; }

    /// <summary>An empty conversation with a fresh id.</summary>
    public Conversation NewConversation() => new(Ids.NextConversation(), Time.GetUtcNow());

    /// <summary>
    /// Runs one turn: adds <paramref name="input"/> to the conversation, asks the model, and yields events the moment they happen.
    /// The consumer pulls; disposing the enumerator cancels the turn and keeps what had arrived.
    /// </summary>
    /// <param name="conversation">The history; it grows by the input and the answer, and is locked meanwhile.</param>
    /// <param name="input">A user's message, or results for pending calls.</param>
    /// <param name="options">Options of this turn; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the turn: it ends with <see cref="TurnCancelledEvent"/>, then <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="GptException">
    /// Before any event: an option is out of range, a key is missing, the model is unknown, or the conversation is busy. After
    /// <see cref="TurnFailedEvent"/>: the turn failed.
    /// </exception>
    public IAsyncEnumerable<GptEvent> RunAsync(
        Conversation conversation,
        IReadOnlyList<Message> input,
        TurnOptions? options = null,
        CancellationToken cancellationToken = default) =>
        new TurnLoop(Plan(conversation, input, options ?? new TurnOptions()), this).RunAsync(cancellationToken);

    /// <summary>Takes the conversation for a turn and begins its log.</summary>
    /// <exception cref="GptException"><see cref="GptErrorKind.ConversationBusy"/>.</exception>
    internal async ValueTask<TurnLease> LeaseAsync(TurnPlan plan, CancellationToken cancellationToken)
    {
        if (!_running.TryAdd(plan.Conversation, this))
            throw new GptException(GptErrorKind.ConversationBusy, $"The conversation \"{plan.Conversation.Id}\" is in the middle of another turn.") { Phase = GptPhase.Request };
        IAsyncDisposable? locked = null;
        try
        {
            if (Store is null)
            {
                Name(plan);
                RefuseForgotten(plan);
                return new TurnLease(this, plan, null, null);
            }

            locked = await Store.LockAsync(plan.Conversation.Id, cancellationToken).ConfigureAwait(false);
            if (await Store.CatchUpAsync(plan.Conversation, cancellationToken).ConfigureAwait(false))
                Check(plan);
            Name(plan);
            if (plan.Conversation.Version == 0)
                await Store.SaveAsync(plan.Conversation, cancellationToken).ConfigureAwait(false);
            if (plan.IsRepeatable && await Store.Turns.FindAsync(plan.Conversation.Id, plan.Turn, cancellationToken).ConfigureAwait(false) is null)
                RefuseForgotten(plan);
            var log = await Store.Turns.BeginAsync(plan.Header, cancellationToken).ConfigureAwait(false);
            var recovery = log is null ? await TurnRecovery.TryAsync(Store.Turns, plan, cancellationToken).ConfigureAwait(false) : null;
            return new TurnLease(this, plan, locked, log ?? recovery?.Log, recovery);
        }
        catch
        {
            _running.Remove(plan.Conversation);
            if (locked is not null)
                await locked.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What others have said meanwhile may hold what the model does not take.</summary>
    private static void Check(TurnPlan plan) => OptionCheck.Apply(
        plan.Options, plan.Model.Info, ContentsOf(plan.Input.Concat(plan.Conversation.Messages), plan.Functions), plan.Options.Lenient ?? false);

    /// <summary>Gives the input its ids: what follows the conversation's messages as they are now.</summary>
    private static void Name(TurnPlan plan) => plan.Input =
        [.. plan.Input.Select((message, index) => message.Id.Length > 0 ? message : message with { Id = $"m{plan.Conversation.Messages.Count + index + 1}" })];

    /// <summary>A turn that is in the conversation but has no log cannot be repeated, and must not be run a second time.</summary>
    private static void RefuseForgotten(TurnPlan plan)
    {
        if (plan.Conversation.HasTurn(plan.Turn))
        {
            throw new GptException(
                GptErrorKind.BadRequest,
                $"Turn \"{plan.Turn}\" is in the conversation \"{plan.Conversation.Id}\" already and its events are not kept here. Ask under another id.")
            { Phase = GptPhase.Request };
        }
    }

    internal void Release(Conversation conversation) => _running.Remove(conversation);

    private TurnPlan Plan(Conversation conversation, IReadOnlyList<Message> input, TurnOptions options)
    {
        if (options.TurnId is { Length: 0 or > 256 })
            throw Invalid($"TurnId has {options.TurnId.Length} characters; allowed: 1 to 256.");
        if (options.Timeout is { } timeout && (timeout <= TimeSpan.Zero || timeout.TotalMilliseconds > int.MaxValue))
            throw Invalid($"Timeout is {timeout}; allowed: above zero, up to 24 days.");
        if (options.BudgetUsd is { } budget && (Usage is null || budget <= 0))
            throw Invalid(Usage is null ? "BudgetUsd needs GptPipelineOptions.Usage, which counts what is spent." : FormattableString.Invariant($"BudgetUsd is {budget}; allowed: above 0."));
        if (input.Count == 0 || input.All(message => message.Parts.Count == 0))
            throw Invalid("There is nothing to ask: the input has no parts.");

        var limits = options.Limits ?? FunctionLimits.Default;
        limits.Validate();
        var merged = options.Over(Defaults);
        merged.Validate();
        var (requested, fallbacks) = _pipeline.Resolve(merged.Model ?? Providers.DefaultModel().Model);
        var model = Providers.Resolve(requested);
        var functions = options.Functions ?? FunctionSet.Empty;
        var contents = ContentsOf(input.Concat(conversation.Messages), functions);
        var checkedOptions = OptionCheck.Apply(merged, model.Info, contents, merged.Lenient ?? false);
        model = model with { Info = checkedOptions.Info };
        var route = _pipeline.Route(model, fallbacks, name => Providers.Resolve(name), merged, contents);
        var (steps, cache) = _pipeline.Around(model, route, options.Cache, checkedOptions.Options.Temperature);
        var turn = options.TurnId ?? Ids.NextTurn();
        List<GptEvent> notices = [];
        if (model.Switched is { } switched)
            notices.Add(switched);
        notices.AddRange(checkedOptions.Notices);
        // An event is numbered where it is published: one that the caller gives to many turns is copied for each.
        notices.AddRange((options.Annotations ?? []).Select(annotation => annotation with { }));
        return new TurnPlan
        {
            Turn = turn,
            Conversation = conversation,
            Input = [.. input.Select(message => message with { Turn = turn })],
            Options = checkedOptions.Options,
            Functions = functions,
            Requested = model.Switched?.From ?? model.Id,
            Model = model with { Provider = steps },
            Route = route,
            Cache = cache,
            Tenant = options.Tenant,
            Recorder = _pipeline.Recorder,
            Notices = notices,
            Annotator = options.Annotator,
            StreamCallback = options.StreamCallback,
            Timeout = options.Timeout,
            BudgetUsd = options.BudgetUsd,
            History = _history,
            ShowOpaque = options.ShowOpaque,
            Limits = limits,
            Approver = options.Approver,
            RunsTooEarly = options.RunsTooEarly,
            IsRepeatable = options.TurnId is not null,
            At = Time.GetUtcNow(),
        };

        static GptException Invalid(string message) => new(GptErrorKind.BadRequest, message) { Phase = GptPhase.Request };
    }

    private static RequestContents ContentsOf(IEnumerable<Message> messages, FunctionSet functions)
    {
        var contents = functions.Count > 0 ? RequestContents.Functions : RequestContents.None;
        foreach (var part in messages.SelectMany(message => message.Parts))
        {
            contents |= part switch
            {
                ImagePart => RequestContents.Images,
                FilePart => RequestContents.Files,
                _ => RequestContents.None,
            };
        }

        return contents;
    }
}
