using Omega.TestKit;

namespace Omega.Gpt.Tests.Resilience;

/// <summary>An answer of sixty words, and its streams.</summary>
internal static class Words
{
    public const int Count = 60;

    public static readonly string Whole = Some(Count);

    public static string Some(int count) => string.Concat(All(count));

    public static string[] All(int count = Count, int from = 0) => [.. Enumerable.Range(from + 1, count - from).Select(word => word == Count ? $"word{word}." : $"word{word} ")];

    /// <summary>The whole answer.</summary>
    public static Reply Answer(string model = "m1", string[]? words = null) =>
        Reply.Stream(ChatCompletionsStream.Create(model).Text(words ?? All()).Finish("stop").Usage(100, 60).Done());

    /// <summary>The beginning of the answer; what happens then is the caller's to add.</summary>
    public static ChatCompletionsStream Begun(int words, string model = "m1") => ChatCompletionsStream.Create(model).Text(All(words));

    /// <summary>The connection breaks after some words.</summary>
    public static Reply Cut(int words, BodyEnd how = BodyEnd.CloseWithoutLastChunk) => Reply.Stream(Begun(words)).End(how);

    /// <summary>Another answer from the fiftieth word on.</summary>
    public static string[] Otherwise(int from = 20) => [.. All(from), .. All(Count, from).Select(word => word.ToUpperInvariant())];
}
