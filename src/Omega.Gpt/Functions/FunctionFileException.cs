using System.Text;

namespace Omega.Gpt;

/// <summary>Function definitions cannot be read. The message says where, what is wrong and what to do.</summary>
public sealed class FunctionFileException : GptException
{
    internal FunctionFileException(string? file, JsonPlace? place, string? path, string problem, Exception? innerException = null)
        : base(GptErrorKind.BadRequest, Describe(file, place, path, problem), innerException)
    {
        File = file;
        Line = place?.Line;
        Column = place?.Column;
        Path = path;
        Phase = GptPhase.Request;
    }

    /// <summary>The file, as it was named; null for text that came from elsewhere.</summary>
    public string? File { get; }

    /// <summary>The line, from 1; null where the trouble is with the file as a whole.</summary>
    public int? Line { get; }

    /// <summary>The character within the line, from 1; null where the line is.</summary>
    public int? Column { get; }

    /// <summary>The JSON path, such as <c>$[2].parameters.type</c>; null where the text is not JSON.</summary>
    public string? Path { get; }

    private static string Describe(string? file, JsonPlace? place, string? path, string problem)
    {
        var text = new StringBuilder(file ?? "function definitions");
        if (place is { } at)
            text.Append(", line ").Append(at.Line).Append(", column ").Append(at.Column);
        if (path is not null)
            text.Append(", at ").Append(path);
        return text.Append(": ").Append(problem).ToString();
    }
}
