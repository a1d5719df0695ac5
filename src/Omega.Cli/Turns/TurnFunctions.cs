using Omega.Cli.Commands;
using Omega.Cli.Functions;
using Omega.Cli.Markets;
using Omega.Cli.Screen;
using Omega.Gpt;
using Omega.Trading;

namespace Omega.Cli.Turns;

/// <summary>The functions of a turn, or of all turns of a chat, and who is asked about their calls.</summary>
internal sealed class TurnFunctions : IAsyncDisposable
{
    private readonly CliHost _host;
    private readonly FunctionSources _sources;
    private readonly LineAsker? _lines;

    private TurnFunctions(CliHost host, FunctionSources sources, ApprovalRules rules, bool json)
    {
        (_host, _sources) = (host, sources);
        var open = new Approvals();
        (Approver, var asked) = rules.Decide(json, host.Terminal, open);
        _lines = asked == AskedBy.Lines ? new LineAsker(host.Terminal, host.Lines, open) : null;
        Asker = asked == AskedBy.Person ? new PersonAsker(host.Terminal, host.Prompt, open, host.Time) : _lines;
    }

    public FunctionSet Functions => _sources.Functions;

    /// <summary>The market that the desk's functions are over; null where they are left out.</summary>
    public MarketSource? Market => _sources.Market;

    public Approver Approver { get; }

    /// <summary>Null where nobody is asked.</summary>
    public ICallAsker? Asker { get; }

    /// <exception cref="CliException"><c>--approve</c> names no function, or cannot be answered here.</exception>
    /// <exception cref="GptException">The functions cannot be read, or a server cannot be used.</exception>
    /// <exception cref="TradingException">The market's file cannot be used.</exception>
    public static async Task<TurnFunctions> OpenAsync(CliHost host, TurnChoices choices, bool json = false)
    {
        var sources = await FunctionSources.OpenAsync(host, choices.Functions).ConfigureAwait(false);
        try
        {
            choices.Approvals.Check(sources.Functions);
            foreach (var note in sources.Notes)
                host.Terminal.Marked("note", note, Tone.Warning);
            return new TurnFunctions(host, sources, choices.Approvals, json);
        }
        catch
        {
            await sources.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The functions for a prompt: those of the desk may read the candle files that it names.</summary>
    /// <param name="prompt">What the person wrote, and nobody else.</param>
    public FunctionSet For(string prompt) => _sources.For(prompt);

    /// <summary>Puts the functions over another market.</summary>
    /// <exception cref="CliException">A function from outside has the name of one of the desk's.</exception>
    public ValueTask UseMarketAsync(MarketSource market) => _sources.UseMarketAsync(market);

    /// <summary>Says which servers have gone since the last turn; their functions fail from now on.</summary>
    public void TellEnded()
    {
        foreach (var ended in _sources.TakeEnded())
            _host.Terminal.Marked("note", ended, Tone.Warning);
    }

    public async ValueTask DisposeAsync()
    {
        if (_lines is not null)
            await _lines.DisposeAsync().ConfigureAwait(false);
        await _sources.DisposeAsync().ConfigureAwait(false);
    }
}
