using System.Text.RegularExpressions;

namespace Omega.Gpt.Functions.Schema;

/// <summary>A <c>pattern</c>: in linear time where it can be, else backtracking against a clock.</summary>
internal sealed class SchemaPattern
{
    private readonly Regex _regex;
    private readonly bool _backtracks;

    /// <exception cref="FormatException">The text is no pattern, or one that cannot be run; the message says why.</exception>
    public SchemaPattern(string source, TimeSpan timeout)
    {
        Source = source;
        var translated = EcmaPattern.Translate(source);
        try
        {
            _regex = new Regex(translated, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            // Lookaround and back references.
            _regex = new Regex(translated, RegexOptions.CultureInvariant, timeout);
            _backtracks = true;
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    public string Source { get; }

    public bool IsMatch(Evaluation run, ReadOnlySpan<byte> raw)
    {
        if (!run.Spend(1 + raw.Length / 256)) return false;
        var text = run.Characters(raw);
        if (!_backtracks) return _regex.IsMatch(text);
        try
        {
            return run.Patterns.TryStart(out var started) ? run.Patterns.Stop(started, _regex.IsMatch(text)) : TooSlow(run);
        }
        catch (RegexMatchTimeoutException)
        {
            return TooSlow(run);
        }
    }

    /// <summary>Whether a name matches; null where that might take long to say.</summary>
    public bool? TryMatch(ReadOnlySpan<byte> utf8) => _backtracks ? null : _regex.IsMatch(System.Text.Encoding.UTF8.GetString(utf8));

    private bool TooSlow(Evaluation run) =>
        run.Stop("text that the pattern can be tried on in time", $"one on which {Source} takes too long");
}

/// <summary>The time that the backtracking patterns of one validation have used.</summary>
internal sealed class PatternClock(TimeSpan allowance)
{
    private TimeSpan _used;

    public bool TryStart(out long started)
    {
        started = TimeProvider.System.GetTimestamp();
        return _used < allowance;
    }

    public bool Stop(long started, bool answer)
    {
        _used += TimeProvider.System.GetElapsedTime(started);
        return answer;
    }
}
