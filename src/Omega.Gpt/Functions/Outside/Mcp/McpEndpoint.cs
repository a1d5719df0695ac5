namespace Omega.Gpt;

/// <summary>Where an MCP server is.</summary>
public abstract record McpEndpoint
{
    private protected McpEndpoint()
    {
    }
}

/// <summary>A program that is started, and spoken to over its standard input and output; it ends with the connection.</summary>
/// <param name="Command">The program. It gets no keys of model providers unless <see cref="CommandOptions.Environment"/> names them.</param>
public sealed record McpProgram(CommandOptions Command) : McpEndpoint;

/// <summary>A server that is reached over HTTP. Redirects are not followed.</summary>
/// <param name="Url">Where: http or https.</param>
public sealed record McpAddress(Uri Url) : McpEndpoint
{
    /// <summary>Headers that go with each request, such as <c>Authorization</c>.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    /// <remarks>Headers are counted, not printed: they are mostly keys.</remarks>
    protected override bool PrintMembers(System.Text.StringBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Append("Url = ").Append(Url).Append(", Headers = ").Append(Headers.Count);
        return true;
    }
}
