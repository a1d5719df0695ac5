using System.Runtime.CompilerServices;

namespace Omega.Gpt;

/// <summary>
/// Streams answers from any model, with a current conversation. Not thread-safe: one user at a time; the <see cref="Engine"/> beneath
/// serves many.
/// </summary>
public sealed partial class RealTimeGpt
{
    /// <summary>Creates an engine and a conversation of its own.</summary>
    /// <param name="options">Defaults and how to reach the models; null asks the first provider with a key in the environment.</param>
    /// <exception cref="GptException">An option is out of range.</exception>
    public RealTimeGpt(RealTimeGptOptions? options = null)
        : this(EngineFactory.Create(options ?? new RealTimeGptOptions()), options?.ConversationId)
    {
    }

    /// <summary>Uses an engine that others use too.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="conversationId">The conversation to begin or, where the engine has a store, to go on with; null begins a new one.</param>
    public RealTimeGpt(GptEngine engine, string? conversationId = null)
    {
        Engine = engine;
        Conversation = conversationId is null ? engine.NewConversation() : new Conversation(conversationId, engine.Time.GetUtcNow());
        _unloaded = conversationId is not null && engine.Store is not null;
    }

    private bool _unloaded;

    /// <summary>The thread-safe engine beneath.</summary>
    public GptEngine Engine { get; }

    /// <summary>The current conversation. A stored one is read when the first turn begins, or by <see cref="OpenAsync"/>.</summary>
    public Conversation Conversation { get; private set; }

    /// <summary>Asks and yields the answer's text, piece by piece, the moment it arrives.</summary>
    /// <param name="prompt">What to ask.</param>
    /// <param name="options">Options of this turn; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the turn; what had arrived is kept.</param>
    /// <exception cref="GptException">
    /// The turn could not begin or failed. Also where the model refused, or its answer was filtered: text alone could not tell.
    /// </exception>
    public async IAsyncEnumerable<string> StreamCompletionAsync(string prompt, TurnOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var gptEvent in StreamTurnAsync(Message.User(prompt), options, cancellationToken).ConfigureAwait(false))
        {
            switch (gptEvent)
            {
                case TextDeltaEvent text:
                    yield return text.Text;
                    break;
                case TurnCompletedEvent { FinishReason: FinishReason.Refusal or FinishReason.ContentFilter } completed:
                    throw new GptException(GptErrorKind.ContentFilter, $"{completed.Provider}/{completed.Model} did not answer: {Refusal() ?? "the answer was filtered"}")
                    {
                        Phase = GptPhase.Step,
                        Provider = completed.Provider,
                        Model = completed.Model,
                        PartialText = completed.Text,
                    };
            }
        }
    }

    /// <summary>Asks with functions and yields events: text, reasoning, and calls while their arguments are being written.</summary>
    /// <param name="prompt">What to ask.</param>
    /// <param name="functions">What the model may call.</param>
    /// <param name="options">Options of this turn; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the turn; what had arrived is kept.</param>
    /// <exception cref="GptException">The turn could not begin, or failed after <see cref="TurnFailedEvent"/>.</exception>
    public IAsyncEnumerable<GptEvent> StreamWithFunctionsAsync(string prompt, FunctionSet functions, TurnOptions? options = null, CancellationToken cancellationToken = default) =>
        StreamTurnAsync(Message.User(prompt), (options ?? new TurnOptions()) with { Functions = functions }, cancellationToken);

    /// <summary>Runs one turn and yields its events.</summary>
    /// <param name="input">A user's message with text, images and files, or <see cref="Message.FunctionResults"/> for pending calls.</param>
    /// <param name="options">Options of this turn; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the turn; what had arrived is kept.</param>
    /// <exception cref="GptException">The turn could not begin, or failed after <see cref="TurnFailedEvent"/>.</exception>
    public IAsyncEnumerable<GptEvent> StreamTurnAsync(Message input, TurnOptions? options = null, CancellationToken cancellationToken = default) =>
        _unloaded && options?.Conversation is null
            ? OpenAndStreamAsync(input, options, cancellationToken)
            : Engine.RunAsync(options?.Conversation ?? Conversation, [input], options, cancellationToken);

    /// <summary>Makes a stored conversation the current one, or begins one of that id.</summary>
    /// <param name="id">The conversation's id; null for the current one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ConversationException">The stored document is damaged; it is left untouched.</exception>
    public async Task OpenAsync(string? id = null, CancellationToken cancellationToken = default)
    {
        id ??= Conversation.Id;
        var stored = Engine.Store is null ? null : await Engine.Store.LoadAsync(id, cancellationToken).ConfigureAwait(false);
        Conversation = stored ?? (id == Conversation.Id ? Conversation : new Conversation(id, Engine.Time.GetUtcNow()));
        _unloaded = false;
    }

    /// <summary>Writes the current conversation to a file, atomically; without a path, to the engine's store.</summary>
    /// <param name="path">The file; null for the store.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task SaveAsync(string? path = null, CancellationToken cancellationToken = default)
    {
        if (path is not null)
            await Conversation.SaveAsync(path, cancellationToken).ConfigureAwait(false);
        else if (Engine.Store is not null)
            await Engine.Store.SaveAsync(Conversation, cancellationToken).ConfigureAwait(false);
        else
            throw new InvalidOperationException("There is no store: give a path, or UseFiles(home).");
    }

    /// <summary>Makes a conversation file the current conversation: Omega's document, <c>{"model","timestamp","history"}</c>, or a plain array of messages.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ConversationException">The file is damaged; it is left untouched.</exception>
    public async Task LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        Conversation = await Conversation.LoadAsync(path, Engine.Time, cancellationToken).ConfigureAwait(false);
        _unloaded = false;
    }

    /// <summary>Forgets the current conversation's messages.</summary>
    public void Clear() => Conversation.Clear();

    /// <summary>Goes on with a copy of the current conversation; the original stays as it is.</summary>
    /// <returns>The copy, which is now current.</returns>
    public Conversation Fork() => Conversation = Conversation.Fork(Engine.Ids.NextConversation(), Engine.Time.GetUtcNow());

    private string? Refusal() => Conversation.Messages.LastOrDefault(message => message.Role == Role.Assistant)?.Parts.OfType<RefusalPart>().FirstOrDefault()?.Text;

    private async IAsyncEnumerable<GptEvent> OpenAndStreamAsync(Message input, TurnOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await foreach (var gptEvent in Engine.RunAsync(Conversation, [input], options, cancellationToken).ConfigureAwait(false))
            yield return gptEvent;
    }
}
