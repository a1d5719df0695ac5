namespace Omega.Desk;

/// <summary>An error that this library raises on purpose. The message says what was wrong, the value, and the remedy.</summary>
public sealed class DeskException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What was wrong, where, and what to do.</param>
    /// <param name="innerException">The cause, or null.</param>
    public DeskException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
