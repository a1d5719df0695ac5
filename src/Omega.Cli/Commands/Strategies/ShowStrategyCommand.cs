using System.CommandLine;
using Omega.Cli.Screen;
using Omega.Trading.Strategies;

namespace Omega.Cli.Commands.Strategies;

/// <summary><c>omega strategies show</c>: the rules and parameters of one strategy.</summary>
internal sealed class ShowStrategyCommand : Command
{
    public ShowStrategyCommand(CliHost host)
        : base("show", "Show the rules and parameters of a strategy.")
    {
        var name = new Argument<string>("name") { Description = "A built-in strategy, or a JSON file" };
        var json = OptionParsing.Switch("--json", "The strategy's JSON, to begin one of your own with");
        Arguments.Add(name);
        Options.Add(json);
        SetAction(parsed =>
        {
            var strategy = StrategiesCommand.Find(host, parsed.GetValue(name)!);
            if (parsed.GetValue(json))
                host.Terminal.OutputText(strategy.Json.EndsWith('\n') ? strategy.Json : strategy.Json + "\n");
            else
                Show(host.Terminal, strategy);
            return ExitCode.Answered;
        });
    }

    private static void Show(Terminal terminal, StrategySpec strategy)
    {
        terminal.OutputLine(Tones.Paint(strategy.Name, Tone.Strong, terminal.OutputColour));
        if (strategy.Description.Length > 0)
            terminal.OutputLine(Clean(strategy.Description));
        terminal.OutputLine("");
        var width = strategy.Rules.Max(rule => rule.Name.Length);
        foreach (var rule in strategy.Rules)
            terminal.OutputLine($"{Tones.Paint(rule.Name.PadRight(width), Tone.Dim, terminal.OutputColour)}  {Clean(rule.Text)}");
        if (strategy.Parameters.Count == 0)
            return;
        terminal.OutputLine("");
        var table = new TextTable(new TextColumn("parameter"), new("default", Right: true), new("allowed"), new("is", Flexible: true));
        foreach (var parameter in strategy.Parameters)
            table.Add(parameter.Name, parameter.Show(parameter.Default), parameter.Range, parameter.Description ?? "");
        foreach (var line in table.Lines(terminal))
            terminal.OutputLine(line);

        // A file may come from anyone.
        string Clean(string text) => PlainText.Line(text, int.MaxValue);
    }
}
