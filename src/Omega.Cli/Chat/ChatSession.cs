using Omega.Cli.Commands;
using Omega.Cli.Markets;
using Omega.Cli.Turns;
using Omega.Gpt;
using Omega.Gpt.Providers;

namespace Omega.Cli.Chat;

/// <summary>A chat as it stands: who answers, with which instructions, in which conversation, over which market. Slash commands change it.</summary>
internal sealed class ChatSession : IAsyncDisposable
{
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly SessionRecorder? _recorder;
    private TurnChoices _choices;

    private ChatSession(CliHost host, TurnChoices choices, SessionRecorder? recorder, (GptEngine Engine, ModelChoice Model) composed, Conversation conversation, TurnFunctions functions)
    {
        (Host, _choices, _recorder, Conversation, Functions) = (host, choices, recorder, conversation, functions);
        (Engine, Model) = composed;
    }

    public CliHost Host { get; }

    public GptEngine Engine { get; private set; }

    /// <summary>Who answers, and why.</summary>
    public ModelChoice Model { get; private set; }

    public Conversation Conversation { get; private set; }

    public TurnFunctions Functions { get; }

    public ChatUsage Usage { get; } = new();

    /// <summary>Whether the person leaves.</summary>
    public bool IsOver { get; set; }

    /// <summary>The instructions that go before everything.</summary>
    public SystemChoice System
    {
        get => _choices.System;
        set => _choices = _choices with { System = value };
    }

    /// <summary>What stands before what the person writes.</summary>
    public string Invitation => $"{Model.Model}{(Functions.Market is { } market ? $" · {market.Name}" : "")} > ";

    /// <exception cref="CliException">What was chosen does not go together.</exception>
    /// <exception cref="GptException">A provider, a session or the functions cannot be used.</exception>
    public static async Task<ChatSession> OpenAsync(CliHost host, TurnChoices choices, SessionRecorder? recorder = null)
    {
        var composed = TurnComposer.Compose(host, choices, recorder);
        var conversation = await TurnSession.OpenAsync(host, composed.Engine, choices).ConfigureAwait(false);
        return new ChatSession(host, choices, recorder, composed, conversation, await TurnFunctions.OpenAsync(host, choices).ConfigureAwait(false));
    }

    /// <summary>One turn.</summary>
    /// <returns>With which code the program would end.</returns>
    public Task<int> AskAsync(string prompt, Interruption interruption)
    {
        TurnSession.Name(Conversation, prompt);
        Functions.TellEnded();
        var options = _choices.ToTurnOptions(Model.Model, Functions, prompt) with { StreamCallback = Count };
        var view = new TextTurnView(Host.Terminal, _choices.Quiet, Conversation.Id, Functions.Market?.Name, _told);
        return TurnRunner.RunAsync(Engine, new TurnRequest(Conversation, [Message.User(prompt)], options, _choices.PaceOn(Host.Terminal), Functions.Asker), view, interruption, Host.Time);

        ValueTask Count(GptEvent gptEvent, CancellationToken cancellationToken)
        {
            Usage.Take(gptEvent);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Lets another model answer.</summary>
    /// <exception cref="CliException">There is none of that name, or it has no key.</exception>
    public void UseModel(string model)
    {
        var choices = _choices with { Model = model };
        try
        {
            var composed = TurnComposer.Compose(Host, choices, _recorder);
            composed.Engine.Providers.Resolve(composed.Model.Model);
            (_choices, Engine, Model) = (choices, composed.Engine, composed.Model with { Reason = "chosen with /model" });
        }
        catch (GptException exception)
        {
            throw CliException.Usage(exception.Message);
        }
    }

    /// <summary>Puts the functions over another market.</summary>
    /// <exception cref="CliException">It cannot be used.</exception>
    public async ValueTask UseMarketAsync(MarketChoice market)
    {
        try
        {
            await Functions.UseMarketAsync(MarketFeeds.Open(Host, market)).ConfigureAwait(false);
        }
        catch (Trading.TradingException exception)
        {
            throw CliException.Usage(exception.Message);
        }
    }

    /// <summary>Begins a new conversation; the one before stays where it is kept.</summary>
    public void Begin() => Conversation = Engine.NewConversation();

    /// <summary>Goes on with a session, or with a conversation's file.</summary>
    /// <exception cref="CliException">There is none, or it is damaged.</exception>
    public async ValueTask LoadAsync(string name)
    {
        try
        {
            Conversation = File.Exists(name)
                ? (await Conversation.LoadAsync(name, Host.Time).ConfigureAwait(false)).Fork(Engine.NewConversation().Id, Host.Time.GetUtcNow())
                : await Host.Store.LoadAsync(name).ConfigureAwait(false) ?? throw CliException.Usage($"There is neither a session nor a file \"{name}\". /load lists the last sessions.");
        }
        catch (Exception exception) when (exception is GptException or IOException or UnauthorizedAccessException)
        {
            throw CliException.Usage(exception.Message);
        }
    }

    /// <summary>Writes the conversation to a file. One that this chat did not write is not replaced.</summary>
    /// <exception cref="CliException">The file cannot be written, or is somebody's.</exception>
    public async ValueTask SaveAsync(string file)
    {
        var path = Path.GetFullPath(file);
        if (File.Exists(path) && !_written.Contains(path))
            throw CliException.Usage($"{file} exists and was not written by this chat. Choose another name, or remove it first.");
        try
        {
            await Conversation.SaveAsync(path).ConfigureAwait(false);
            _written.Add(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CliException.Usage($"{file} could not be written: {exception.Message}");
        }
    }

    public ValueTask DisposeAsync() => Functions.DisposeAsync();
}
