using System.CommandLine;
using Omega.Trading.Strategies;

namespace Omega.Cli.Commands.Strategies;

/// <summary><c>omega strategies schema</c>: the JSON Schema of strategies, for editors.</summary>
internal sealed class StrategySchemaCommand : Command
{
    public StrategySchemaCommand(CliHost host)
        : base("schema", "Print the JSON Schema of strategies, for editors.") =>
        SetAction(_ =>
        {
            host.Terminal.OutputText(StrategySpec.Schema);
            return ExitCode.Answered;
        });
}
