using System.Globalization;
using Omega.Cli.Screen;
using Omega.Trading;

namespace Omega.Cli.Commands.Data;

/// <summary>Work on a file of candles: shows progress on a terminal, and ends well on Ctrl-C.</summary>
internal sealed class CandleWork : IProgress<CandleFileProgress>
{
    private static readonly TimeSpan BetweenShows = TimeSpan.FromMilliseconds(100);

    private readonly CliHost _host;
    private readonly CancellationToken _cancellationToken;
    private long _shown;

    private CandleWork(CliHost host, CancellationToken cancellationToken) =>
        (_host, _cancellationToken, _shown) = (host, cancellationToken, host.Time.GetTimestamp());

    /// <summary>Does the work.</summary>
    /// <param name="host">What it needs of the outside.</param>
    /// <param name="work">Reads, writes and tells; stops at the token.</param>
    /// <param name="cancellationToken">Stops the work as well.</param>
    public static int Run(CliHost host, Func<CandleWork, CancellationToken, int> work, CancellationToken cancellationToken)
    {
        using var interruption = new Interruption();
        using var turn = interruption.BeginTurn();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(turn.Token, cancellationToken);
        try
        {
            return work(new CandleWork(host, either.Token), either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            host.Terminal.Live("", Tone.Dim);
            host.Terminal.Line("Stopped. No file was changed.", Tone.Dim);
            return interruption.ExitCode ?? ExitCode.Interrupted;
        }
        finally
        {
            host.Terminal.Live("", Tone.Dim);
        }
    }

    /// <summary>Reads a file and says what is odd about it, on standard error.</summary>
    /// <param name="file">The path.</param>
    /// <param name="options">How.</param>
    public CandleFileResult Read(string file, CandleFileOptions options)
    {
        var result = CandleFile.Read(file, options, this, _cancellationToken);
        _host.Terminal.Live("", Tone.Dim);
        return result;
    }

    /// <summary>Says what was left out of a file, where something was.</summary>
    public void TellBadRows(CandleFileReport report)
    {
        if (report.BadRows > 0)
            _host.Terminal.Marked("warning", string.Create(CultureInfo.InvariantCulture, $"{report.BadRows:N0} of {report.Rows:N0} rows are bad and were left out. See them with: omega data check {report.File}"), Tone.Warning);
    }

    /// <inheritdoc/>
    public void Report(CandleFileProgress value)
    {
        if (!IsTimeToShow())
            return;
        var share = value.TotalBytes is > 0 and var total ? string.Create(CultureInfo.InvariantCulture, $", {100.0 * value.Bytes / total:0} %") : "";
        _host.Terminal.Live(string.Create(CultureInfo.InvariantCulture, $"{value.Rows:N0} rows{share}"), Tone.Dim);
    }

    /// <summary>Shows progress of another kind in the same place.</summary>
    /// <param name="words">What to show of it.</param>
    public IProgress<T> Showing<T>(Func<T, string> words) => new Shown<T>(this, words);

    private bool IsTimeToShow()
    {
        if (_host.Time.GetElapsedTime(_shown) < BetweenShows)
            return false;
        _shown = _host.Time.GetTimestamp();
        return true;
    }

    private sealed class Shown<T>(CandleWork work, Func<T, string> words) : IProgress<T>
    {
        public void Report(T value)
        {
            if (work.IsTimeToShow())
                work._host.Terminal.Live(words(value), Tone.Dim);
        }
    }
}
