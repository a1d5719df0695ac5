using Omega.Cli.Configuration;
using Omega.Gpt;

namespace Omega.Cli.Commands.Doctor;

/// <summary>The MCP servers of <c>omega.json</c>: what would be started or asked. Nothing is.</summary>
internal static class McpChecks
{
    private const string Group = "MCP servers";

    public static IReadOnlyList<Check> Of(Settings settings)
    {
        try
        {
            return [.. settings.McpServers().Select(server => new Check(Group, server.Name, CheckState.Good, $"{Where(server.Endpoint)} (not started)"))];
        }
        catch (Exception exception) when (exception is CliException or GptException)
        {
            return [new Check(Group, "mcp", CheckState.Wrong, exception.Message)];
        }
    }

    // Arguments, variables and headers may hold a key: how many there are is enough to know a server by.
    private static string Where(McpEndpoint endpoint) => endpoint switch
    {
        McpProgram { Command: var command } => command.Arguments.Count switch
        {
            0 => command.Program,
            1 => $"{command.Program} and 1 argument",
            var count => $"{command.Program} and {count} arguments",
        },
        McpAddress address => address.Url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped),
        _ => "a server",
    };
}
