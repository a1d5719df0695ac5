namespace Omega.Gpt;

/// <summary>A conversation's document cannot be read. The file is left untouched.</summary>
public sealed class ConversationException : GptException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which file, where in it, and what was wrong.</param>
    /// <param name="innerException">The cause.</param>
    public ConversationException(string message, Exception? innerException = null)
        : base(GptErrorKind.BadRequest, message, innerException)
    {
    }
}
