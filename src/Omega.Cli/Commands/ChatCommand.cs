using System.CommandLine;
using Omega.Cli.Chat;
using Omega.Cli.Screen;
using Omega.Cli.Turns;

namespace Omega.Cli.Commands;

/// <summary><c>omega chat</c>: a conversation to stay in; kept after every turn.</summary>
internal sealed class ChatCommand : Command, IExamples
{
    private readonly CliHost _host;
    private readonly TurnArguments _turn = new();

    public ChatCommand(CliHost host)
        : base("chat", "Talk. Answers stream as they are written; everything is kept in a session.")
    {
        _host = host;
        _turn.AddTo(this);
        SetAction((parsed, _) => RunAsync(parsed));
    }

    public IReadOnlyList<string> Examples =>
    [
        "omega chat",
        "omega chat --candles btcusdt-1h.csv.gz",
        "omega chat -m anthropic/claude-sonnet-5-5 --system \"Answer in one sentence.\"",
        "omega chat -s trip",
        "omega chat -c",
        "omega chat --mcp \"files=npx -y @modelcontextprotocol/server-filesystem .\"",
    ];

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using var interruption = new Interruption();
        var choices = _turn.Read(parsed, _host.Settings);
        TurnWarnings.Tell(_host, choices);
        using var recorder = choices.Recording.Open(_host);
        await using var chat = await ChatSession.OpenAsync(_host, choices, recorder?.Recorder).ConfigureAwait(false);
        if (!choices.Quiet)
            await ChatGreeting.TellAsync(chat).ConfigureAwait(false);
        var code = await new ChatLoop(chat, interruption).RunAsync().ConfigureAwait(false);
        if (!choices.Quiet && chat.Conversation.Messages.Count > 0)
            _host.Terminal.Line($"Kept in session {chat.Conversation.Id}. Go on with: omega chat -s {chat.Conversation.Id}", Tone.Dim);
        return code;
    }
}
