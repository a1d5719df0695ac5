namespace Omega.Gpt.Resilience;

/// <summary>The key store could not be read or changed. The message names the file and the remedy, never a key.</summary>
/// <param name="kind"><see cref="GptErrorKind.Authentication"/> where the keys cannot be had, <see cref="GptErrorKind.BadRequest"/> for a change that makes no sense.</param>
/// <param name="message">What was wrong, where, and what to do.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class KeyStoreException(GptErrorKind kind, string message, Exception? innerException = null) : GptException(kind, message, innerException);
