using System.CommandLine;

namespace Omega.Cli.Commands.Functions;

/// <summary><c>omega functions</c>: what a model could call here, and a way to call it oneself.</summary>
internal sealed class FunctionsCommand : Command, IExamples
{
    public FunctionsCommand(CliHost host)
        : base("functions", "List, show and call functions: of a file, and of MCP servers.")
    {
        Subcommands.Add(new ListFunctionsCommand(host));
        Subcommands.Add(new ShowFunctionCommand(host));
        Subcommands.Add(new CallFunctionCommand(host));
    }

    public IReadOnlyList<string> Examples =>
    [
        "omega functions list --functions functions.json",
        "omega functions call get_weather --args '{\"city\": \"Oslo\"}' --functions functions.json",
        "omega functions list --mcp \"files=npx -y @modelcontextprotocol/server-filesystem .\"",
    ];
}
