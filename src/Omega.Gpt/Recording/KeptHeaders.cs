namespace Omega.Gpt.Recording;

/// <summary>Which of an answer's headers are recorded: those that say something about limits, times and the request. Never a cookie.</summary>
internal static class KeptHeaders
{
    private static readonly string[] Names = ["retry-after", "retry-after-ms", "request-id", "x-request-id", "date", "server", "cf-ray"];
    private static readonly string[] Beginnings = ["x-ratelimit-", "anthropic-ratelimit-", "openai-processing", "openai-version", "openai-model"];

    public static bool IsKept(string name) =>
        Names.Contains(name, StringComparer.OrdinalIgnoreCase) || Beginnings.Any(beginning => name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));
}
