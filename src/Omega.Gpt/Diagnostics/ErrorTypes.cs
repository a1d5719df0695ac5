using System.Collections.Frozen;
using System.Text.Json;

namespace Omega.Gpt.Diagnostics;

/// <summary>Kinds of failure as they are named everywhere: <c>rate_limit</c>, <c>stream_interrupted</c>, ….</summary>
internal static class ErrorTypes
{
    private static readonly FrozenDictionary<GptErrorKind, string> Names =
        Enum.GetValues<GptErrorKind>().ToFrozenDictionary(kind => kind, kind => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()));

    public static string Of(GptErrorKind kind) => Names[kind];
}
