using System.CommandLine;
using Omega.Cli.Commands;
using Omega.Cli.Configuration;
using Omega.Gpt;

namespace Omega.Cli.Functions;

/// <summary>The options that say which functions there are; shared by <c>ask</c>, <c>chat</c> and <c>functions</c>.</summary>
internal sealed class FunctionArguments
{
    private readonly Option<string?> _functions = OptionParsing.Text("--functions", "Functions that the model may call, as JSON; those with a \"command\" are run", "FILE");
    private readonly Option<string[]> _mcp = new("--mcp")
    {
        Description = "An MCP server whose tools are functions: \"NAME=COMMAND…\", a URL, or a server of omega.json; may be repeated",
        HelpName = "SERVER",
        DefaultValueFactory = _ => [],
    };
    private readonly Option<bool> _noFunctions = OptionParsing.Switch("--no-functions", "No functions, even where some are configured");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_functions, _mcp, _noFunctions])
            command.Options.Add(option);
    }

    /// <summary>The command line over the settings. Servers that are named here take the place of those in <c>omega.json</c>.</summary>
    /// <exception cref="CliException">Two options contradict each other, or a server is named wrongly.</exception>
    public FunctionChoices Read(ParseResult parsed, Settings settings)
    {
        var (file, servers) = (parsed.GetValue(_functions), parsed.GetValue(_mcp)!);
        if (parsed.GetValue(_noFunctions))
        {
            return file is null && servers.Length == 0
                ? new FunctionChoices(null, RunsCommands: false, [])
                : throw CliException.Usage($"{(file is null ? "--mcp" : "--functions")} and --no-functions contradict each other: give one of the two.");
        }

        var configured = settings.McpServers();
        var setting = file is null ? settings.Find(SettingNames.Functions.Variable) : null;
        return new FunctionChoices(
            file ?? setting?.Value,
            RunsCommands: setting is null || settings.MayRun(setting),
            servers.Length > 0 ? [.. servers.Select(server => McpArgument.Parse(server, configured))] : configured);
    }
}

/// <summary>Which functions there are.</summary>
/// <param name="File">A file of definitions; null for none.</param>
/// <param name="RunsCommands">Whether the file may say what is run; otherwise its calls wait for results.</param>
/// <param name="Servers">MCP servers.</param>
internal sealed record FunctionChoices(string? File, bool RunsCommands, IReadOnlyList<McpOptions> Servers);
