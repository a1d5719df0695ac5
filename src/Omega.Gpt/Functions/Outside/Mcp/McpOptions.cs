using System.Text.RegularExpressions;

namespace Omega.Gpt;

/// <summary>An MCP server whose tools become functions. Immutable.</summary>
/// <param name="Name">What it is called here: 1 to 32 letters, digits, _ or -.</param>
/// <param name="Endpoint">Where it is.</param>
public sealed partial record McpOptions(string Name, McpEndpoint Endpoint)
{
    /// <summary>Goes before each tool's name.</summary>
    /// <value>Letters, digits, _ or -, up to 32. Default: null, the server's name and <c>_</c>.</value>
    public string? Prefix { get; init; }

    /// <summary>The tools that are taken, by the names that the server gives them; others do not exist here.</summary>
    /// <value>Default: null, all of them.</value>
    public IReadOnlyCollection<string>? Allow { get; init; }

    /// <summary>What tools do, by the names that the server gives them. What a server says of itself is not believed.</summary>
    /// <value>Default: none; a tool that is not named here is a <see cref="FunctionEffect.SideEffect"/>.</value>
    public IReadOnlyDictionary<string, FunctionEffect> Effects { get; init; } = new Dictionary<string, FunctionEffect>();

    /// <summary>Whether a person must approve each call of a tool with side effects.</summary>
    /// <value>Default: true.</value>
    public bool RequiresApproval { get; init; } = true;

    /// <summary>Longest time to start the server, shake hands and list its tools.</summary>
    /// <value>Above zero, up to 10 minutes. Default: 30 seconds.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time of one call.</summary>
    /// <value>Above zero, up to 24 hours. Default: 100 seconds.</value>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Largest result, as UTF-8 bytes of JSON; a larger one is a failure.</summary>
    /// <value>1 to 16 MiB. Default: 256 KiB.</value>
    public int MaxResultBytes { get; init; } = 256 * 1024;

    internal string FullPrefix => Prefix ?? Name + "_";

    /// <exception cref="GptException">An option is out of range.</exception>
    internal void Validate()
    {
        if (!NamePattern.IsMatch(Name ?? ""))
            throw Invalid($"\"{Name}\" is not a name for an MCP server: 1 to 32 letters, digits, _ or -.");
        if (Prefix is not null && !PrefixPattern.IsMatch(Prefix))
            throw Invalid($"\"{Prefix}\" is not a prefix for functions: up to 32 letters, digits, _ or -.");
        if (Endpoint is McpAddress { Url: var url } && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")))
            throw Invalid($"The MCP server \"{Name}\" has the address {url}; it must begin with http:// or https://.");
        if (ConnectTimeout <= TimeSpan.Zero || ConnectTimeout > TimeSpan.FromMinutes(10))
            throw Invalid($"ConnectTimeout is {ConnectTimeout}; it must be above zero, up to 10 minutes.");
        if (CallTimeout <= TimeSpan.Zero || CallTimeout > TimeSpan.FromHours(24))
            throw Invalid($"CallTimeout is {CallTimeout}; it must be above zero, up to 24 hours.");
        if (MaxResultBytes is < 1 or > 16 * 1024 * 1024)
            throw Invalid($"MaxResultBytes is {MaxResultBytes}; it must be from 1 to 16 MiB.");

        static GptException Invalid(string message) => new(GptErrorKind.BadRequest, message) { Phase = GptPhase.Request };
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,32}$")]
    private static partial Regex NamePattern { get; }

    [GeneratedRegex("^[a-zA-Z0-9_-]{0,32}$")]
    private static partial Regex PrefixPattern { get; }
}
