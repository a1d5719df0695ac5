using System.CommandLine;
using Omega.Cli.Commands;
using Omega.Cli.Configuration;
using Omega.Cli.Markets;
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
    private readonly Option<bool> _noFunctions = OptionParsing.Switch("--no-functions", "No functions: neither the market's nor any that are configured");

    private readonly MarketArguments _market = new();

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_functions, _mcp, _noFunctions])
            command.Options.Add(option);
        _market.AddTo(command);
    }

    /// <summary>Whether the command line itself says which market.</summary>
    public bool SaysMarket(ParseResult parsed) => _market.IsGiven(parsed);

    /// <summary>The command line over the settings. Servers that are named here take the place of those in <c>omega.json</c>.</summary>
    /// <exception cref="CliException">Two options contradict each other, or a server is named wrongly.</exception>
    public FunctionChoices Read(ParseResult parsed, Settings settings)
    {
        var (file, servers) = (parsed.GetValue(_functions), parsed.GetValue(_mcp)!);
        if (parsed.GetValue(_noFunctions))
        {
            var other = file is not null ? "--functions" : servers.Length > 0 ? "--mcp" : _market.IsGiven(parsed) ? "--feed or --candles" : null;
            return other is null
                ? new FunctionChoices(null, RunsCommands: false, [], Market: null)
                : throw CliException.Usage($"{other} and --no-functions contradict each other: give one of the two.");
        }

        var configured = settings.McpServers();
        var setting = file is null ? settings.Find(SettingNames.Functions.Variable) : null;
        return new FunctionChoices(
            file ?? setting?.Value,
            RunsCommands: setting is null || settings.MayRun(setting),
            servers.Length > 0 ? [.. servers.Select(server => McpArgument.Parse(server, configured))] : configured,
            _market.Read(parsed, settings) is var market && market is MarketChoice.Nothing ? null : market);
    }
}

/// <summary>Which functions there are.</summary>
/// <param name="File">A file of definitions; null for none.</param>
/// <param name="RunsCommands">Whether the file may say what is run; otherwise its calls wait for results.</param>
/// <param name="Servers">MCP servers.</param>
/// <param name="Market">The market that the desk's functions are over; null for none of them.</param>
internal sealed record FunctionChoices(string? File, bool RunsCommands, IReadOnlyList<McpOptions> Servers, MarketChoice? Market);
