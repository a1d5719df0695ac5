using Omega.Gpt.Providers;

namespace Omega.Gpt;

/// <summary>Options of the engine: defaults of every turn, and how to reach the models.</summary>
public sealed record RealTimeGptOptions : GenerationOptions
{
    /// <summary>The key for the provider of <see cref="GenerationOptions.Model"/>; null takes the provider's own environment variable.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The base URL for the provider of <see cref="GenerationOptions.Model"/>, with or without a trailing <c>/</c> and <c>/v1</c>.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>Another way to say who asks (a header such as Azure's <c>api-key</c>, a token callback); wins over <see cref="ApiKey"/>.</summary>
    public ProviderAuth? Auth { get; set; }

    /// <summary>The name of the <see cref="HttpClient"/> to take from <c>IHttpClientFactory</c>; null for the engine's own client.</summary>
    public string? HttpClientName { get; set; }

    /// <summary>A folder for conversations and turn logs; null (the default) writes nothing to disk. <c>UseFiles</c> sets it.</summary>
    public string? Home { get; set; }

    /// <summary>
    /// What stands between a turn and the wire: time limits, retries, fallbacks. Null is nothing, or with <see cref="UseFiles"/>
    /// <see cref="GptPipelineOptions.Standard"/>.
    /// </summary>
    public GptPipelineOptions? Pipeline { get; set; }

    /// <summary>The conversation to begin with or to go on with, by id; null begins a new one.</summary>
    public string? ConversationId { get; set; }

    /// <summary>Most money that may be spent; null for no limit. Without <see cref="Home"/> it is counted from the beginning of the program.</summary>
    public Budget? Budget { get; set; }

    /// <summary>Keeps conversations, turn logs and ledgers as files under a folder, and turns on what a program needs that is left alone (<see cref="Pipeline"/>).</summary>
    /// <param name="home">The folder; made when it does not exist.</param>
    /// <returns>These options.</returns>
    public RealTimeGptOptions UseFiles(string home)
    {
        Home = home;
        Pipeline ??= GptPipelineOptions.Standard;
        return this;
    }
}
