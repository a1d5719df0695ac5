namespace Omega.Gpt.Resilience.Resuming;

/// <summary>A model that was asked again did not say again what had been shown, so that nothing can be put behind it.</summary>
internal sealed class AnswerDiffersException(string message) : GptException(GptErrorKind.StreamInterrupted, message);
