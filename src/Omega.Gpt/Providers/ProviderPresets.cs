namespace Omega.Gpt.Providers;

/// <summary>The providers that come with the library, in the order in which bare model names are looked up.</summary>
internal static class ProviderPresets
{
    public static IReadOnlyList<ProviderPreset> All { get; } =
    [
        new()
        {
            Name = "openai",
            Wire = WireKind.ChatCompletions,
            BaseUrl = "https://api.openai.com/v1",
            KeyVariables = ["OPENAI_API_KEY"],
            BaseUrlVariable = "OPENAI_BASE_URL",
            ResponsesForFunctions = true,
        },
        new()
        {
            Name = "openai-responses",
            Wire = WireKind.Responses,
            BaseUrl = "https://api.openai.com/v1",
            KeyVariables = ["OPENAI_API_KEY"],
            BaseUrlVariable = "OPENAI_BASE_URL",
            CatalogName = "openai",
        },
        new()
        {
            Name = "anthropic",
            Wire = WireKind.Anthropic,
            BaseUrl = "https://api.anthropic.com",
            KeyVariables = ["ANTHROPIC_API_KEY"],
            BaseUrlVariable = "ANTHROPIC_BASE_URL",
            KeyHeader = "x-api-key",
        },
        Compatible("google", "https://generativelanguage.googleapis.com/v1beta/openai", "GEMINI", ["GEMINI_API_KEY", "GOOGLE_API_KEY"]),
        Compatible("xai", "https://api.x.ai/v1", "XAI"),
        Compatible("deepseek", "https://api.deepseek.com/v1", "DEEPSEEK") with { MarksPrefix = true, PrefixEndpoint = "https://api.deepseek.com/beta/chat/completions" },
        Compatible("mistral", "https://api.mistral.ai/v1", "MISTRAL") with { CallIds = CallIdStyle.NineAlphanumeric, MarksPrefix = true },
        Compatible("groq", "https://api.groq.com/openai/v1", "GROQ"),
        // Its list of models is open to everybody.
        Compatible("openrouter", "https://openrouter.ai/api/v1", "OPENROUTER") with { KeyCheckPath = "key" },
        new()
        {
            Name = "ollama",
            Wire = WireKind.ChatCompletions,
            BaseUrl = "http://localhost:11434/v1",
            KeyVariables = [],
            BaseUrlVariable = "OLLAMA_HOST",
            NeedsKey = false,
            ReadBaseUrl = OllamaHost.ToBaseUrl,
        },
        new()
        {
            Name = CompatibleName,
            Wire = WireKind.ChatCompletions,
            KeyVariables = ["OMEGA_API_KEY"],
            BaseUrlVariable = "OMEGA_BASE_URL",
            NeedsKey = false,
        },
    ];

    /// <summary>Any server that speaks Chat Completions, at a base URL that the user gives.</summary>
    public const string CompatibleName = "compatible";

    private static ProviderPreset Compatible(string name, string baseUrl, string variables, IReadOnlyList<string>? keys = null) => new()
    {
        Name = name,
        Wire = WireKind.ChatCompletions,
        BaseUrl = baseUrl,
        KeyVariables = keys ?? [$"{variables}_API_KEY"],
        BaseUrlVariable = $"{variables}_BASE_URL",
    };
}
