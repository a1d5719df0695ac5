using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.ChatCompletions;

/// <summary>The Chat Completions wire: OpenAI's, and that of every server that speaks it (OpenRouter, Groq, xAI, DeepSeek, Mistral, Ollama, vLLM, …).</summary>
public static class ChatCompletionsWire
{
    /// <summary>A provider that speaks Chat Completions. Thread-safe; one serves any number of requests at once.</summary>
    /// <param name="options">Where the server is and what it takes.</param>
    /// <param name="time">The clock that <c>Retry-After</c> dates are measured against; null for the system's.</param>
    /// <exception cref="GptException">The base URL is not one.</exception>
    public static IModelProvider Create(WireOptions options, TimeProvider? time = null) => new ChatCompletionsProvider(options, time);
}
