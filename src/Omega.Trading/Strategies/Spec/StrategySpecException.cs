namespace Omega.Trading.Strategies;

/// <summary>A strategy in JSON that cannot be used. The message says where and what is wrong, and shows the place within an expression.</summary>
public sealed class StrategySpecException : TradingException
{
    internal StrategySpecException(string? file, int line, string path, string reason, Exception? innerException = null)
        : base($"{(file is null ? "" : $"{file}, ")}line {line}, {path}: {reason}", innerException) =>
        (File, Line, Path, Reason) = (file, line, path, reason);

    /// <summary>The file, where it was read from one.</summary>
    public string? File { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>The JSON path, such as <c>$.long.enter</c>.</summary>
    public string Path { get; }

    /// <summary>What is wrong and what to do, without the place.</summary>
    public string Reason { get; }
}
