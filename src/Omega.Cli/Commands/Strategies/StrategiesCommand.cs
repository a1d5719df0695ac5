using System.CommandLine;
using Omega.Trading;
using Omega.Trading.Strategies;

namespace Omega.Cli.Commands.Strategies;

/// <summary><c>omega strategies</c>: rules that can be back-tested. Without a subcommand it lists.</summary>
internal sealed class StrategiesCommand : Command, IExamples
{
    public StrategiesCommand(CliHost host)
        : base("strategies", "List, show and validate strategies.")
    {
        var list = new ListStrategiesCommand(host);
        Subcommands.Add(list);
        Subcommands.Add(new ShowStrategyCommand(host));
        Subcommands.Add(new ValidateStrategiesCommand(host));
        Subcommands.Add(new StrategySchemaCommand(host));
        SetAction(_ => list.Run(json: false));
    }

    public IReadOnlyList<string> Examples =>
    [
        "omega strategies",
        "omega strategies show ema-cross",
        "omega strategies show ema-cross --json > my-cross.json",
        "omega strategies validate my-cross.json",
        "omega strategies schema > strategy.schema.json",
    ];

    /// <summary>A built-in strategy by its name, or one from a file: what ends in <c>.json</c> or holds a slash is a file.</summary>
    /// <exception cref="TradingException">There is none; the message says what is wrong and where.</exception>
    internal static StrategySpec Find(CliHost host, string nameOrFile) =>
        nameOrFile.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || nameOrFile.AsSpan().ContainsAny('/', '\\')
            ? Load(host, nameOrFile)
            : BuiltInStrategies.Find(nameOrFile);

    /// <summary>A strategy from a file, which is named in errors as it was given.</summary>
    internal static StrategySpec Load(CliHost host, string file) => StrategySpec.Load(Path.Combine(host.WorkingDirectory, file), file);
}
