namespace Omega.Gpt.Functions.Outside;

/// <summary>Reads a program's standard error to its end: keeps the last lines, and hands lines on as progress where that is wanted.</summary>
/// <param name="progress">Takes the lines; null for nobody.</param>
internal sealed class CommandErrors(ProgressPump? progress)
{
    private const int MaxLineLength = 4096;

    private readonly LastLines _tail = new();

    /// <summary>The last lines behind a colon, or nothing.</summary>
    public string Tail => _tail.ToString();

    public async Task ReadAsync(Stream error, CancellationToken cancellationToken)
    {
        var lines = new LineSplitter(MaxLineLength);
        var buffer = new byte[4096];
        try
        {
            while (await error.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                foreach (var line in lines.Add(buffer.AsMemory(0, read)))
                    Take(line);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Something that the program left running holds its stream.
        }

        if (lines.End() is { } last)
            Take(last);
    }

    private void Take(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        _tail.Add(line);
        progress?.Post(CommandResult.Line(line));
    }
}
