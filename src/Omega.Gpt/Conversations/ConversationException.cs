namespace Omega.Gpt;

/// <summary>A conversation's document or a turn's log cannot be read. The file is left untouched.</summary>
public sealed class ConversationException : GptException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which file, where in it, and what was wrong.</param>
    /// <param name="innerException">The cause.</param>
    public ConversationException(string message, Exception? innerException = null)
        : base(GptErrorKind.BadRequest, message, innerException)
    {
    }

    /// <summary>The file, or what the caller named the text; null when there was no file.</summary>
    public string? File { get; init; }

    /// <summary>The line, from 1; null when none can be named.</summary>
    public long? Line { get; init; }

    /// <summary>Where in the JSON, such as <c>$.messages[3].parts[0]</c>; null when none can be named.</summary>
    public string? JsonPath { get; init; }
}
