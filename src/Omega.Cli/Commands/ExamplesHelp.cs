using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Omega.Cli.Commands;

/// <summary>Help, with the command's examples at its end.</summary>
internal sealed class ExamplesHelp : SynchronousCommandLineAction
{
    private readonly HelpAction _help;

    public ExamplesHelp(HelpAction help, int width)
    {
        _help = help;
        _help.MaxWidth = width;
    }

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = _help.Invoke(parseResult);
        var command = parseResult.CommandResult.Command;
        var examples = command is IExamples own ? own.Examples
            : command is RootCommand ? command.Subcommands.OfType<IExamples>().Select(with => with.Examples[0]).ToList()
            : [];
        if (examples.Count == 0)
            return code;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in examples)
            output.WriteLine("  " + example);
        output.WriteLine();
        return code;
    }
}

/// <summary><c>omega --version</c>: the same line as <c>omega version</c>.</summary>
internal sealed class VersionAction(CliHost host) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult) => VersionCommand.Run(host);
}
