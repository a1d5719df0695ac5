namespace Omega.Cli.Input;

/// <summary>
/// Lines that a person types, or a program writes. A wait for a line can be given up; the line that then comes is the next one's. Not
/// thread-safe.
/// </summary>
internal sealed class LineInput(Func<TextReader> open)
{
    private TextReader? _reader;
    private Task<string?>? _reading;

    /// <summary>The next line, or null at the end.</summary>
    public async ValueTask<string?> ReadAsync(CancellationToken cancellationToken = default)
    {
        _reader ??= open();
        // The console reads on the calling thread; the wait needs a thread of its own.
        _reading ??= Task.Run(_reader.ReadLine, CancellationToken.None);
        var line = await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        _reading = null;
        return line;
    }
}
