namespace Omega.Gpt.Diagnostics;

/// <summary>Providers by the well-known names of the conventions; others by their own.</summary>
internal static class ProviderNames
{
    public static string Of(string provider) => provider switch
    {
        "openai-responses" => "openai",
        "mistral" => "mistral_ai",
        "xai" => "x_ai",
        "google" => "gcp.gemini",
        _ => provider,
    };
}
