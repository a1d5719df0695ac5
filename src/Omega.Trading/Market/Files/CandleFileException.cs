namespace Omega.Trading;

/// <summary>A file of candles cannot be read, written, or taken as it is. The message begins with the file, and the line where one is at fault.</summary>
public sealed class CandleFileException : TradingException
{
    internal CandleFileException(string file, long? line, string message, Exception? innerException = null)
        : base(line is null ? $"{file}: {message}" : $"{file}:{line}: {message}", innerException) => (File, Line) = (file, line);

    /// <summary>The file's path, or the name given to the stream.</summary>
    public string File { get; }

    /// <summary>The line at fault, from 1; null where it is none in particular.</summary>
    public long? Line { get; }

    /// <summary>The bad rows listed, where they are the reason.</summary>
    public IReadOnlyList<BadRow> BadRows { get; internal init; } = [];
}
