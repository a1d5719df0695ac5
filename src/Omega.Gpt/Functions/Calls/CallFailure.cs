using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Functions.Calls;

/// <summary>An exception in words: bounded, on one line of thought, without what looks like a key.</summary>
internal static class CallFailure
{
    private const int MaxLength = 2000;

    /// <summary>For the caller: what was thrown and what it said. The engine's own exceptions say all in their message.</summary>
    public static string Describe(Exception exception) => Short(exception is GptException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}");

    public static string Short(string text)
    {
        text = ProviderError.Redact(text, null);
        return text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength), "…");
    }
}
