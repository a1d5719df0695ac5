using Omega.Gpt;

namespace Omega.Cli.Functions;

/// <summary>Reads <c>--mcp</c>: <c>NAME=COMMAND…</c>, <c>NAME=URL</c>, <c>URL</c>, or the name of a server in <c>omega.json</c>. Pure.</summary>
internal static class McpArgument
{
    private const string Forms = "Give \"NAME=COMMAND ARGUMENTS…\", NAME=https://…, https://…, or the name of a server in omega.json";

    /// <param name="text">As given.</param>
    /// <param name="configured">The servers of <c>omega.json</c>.</param>
    /// <exception cref="CliException">It is none of these.</exception>
    public static McpOptions Parse(string text, IReadOnlyList<McpOptions> configured)
    {
        if (Address(text) is { } bare)
            return new McpOptions(NameOf(bare), new McpAddress(bare));
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            return configured.FirstOrDefault(server => server.Name == text.Trim())
                ?? throw CliException.Usage($"--mcp: there is no server \"{text}\" in omega.json{(configured.Count > 0 ? $" (there: {string.Join(", ", configured.Select(server => server.Name))})" : "")}. {Forms}.");
        }

        var (name, rest) = (text[..equals].Trim(), text[(equals + 1)..].Trim());
        if (Address(rest) is { } address)
            return new McpOptions(name, new McpAddress(address));
        return CommandWords.Split(rest) switch
        {
            null => throw CliException.Usage($"--mcp: a quote is left open in \"{text}\"."),
            [] => throw CliException.Usage($"--mcp: \"{text}\" names no command. {Forms}."),
            [var program, .. var arguments] => new McpOptions(name, new McpProgram(new CommandOptions(program, arguments))),
        };
    }

    private static Uri? Address(string text) =>
        (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        && Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null;

    // tools.example.com becomes "tools": short, and enough to tell servers apart.
    private static string NameOf(Uri address)
    {
        var first = address.IdnHost.Split('.').FirstOrDefault(label => label is not ("www" or "mcp" or "api")) ?? "mcp";
        var name = string.Concat(first.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_').Take(32));
        return name.Length == 0 || name.All(char.IsAsciiDigit) ? "mcp" : name;
    }
}
