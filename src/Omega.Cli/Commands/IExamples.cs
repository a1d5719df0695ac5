namespace Omega.Cli.Commands;

/// <summary>A command with examples that can be pasted into a shell.</summary>
internal interface IExamples
{
    IReadOnlyList<string> Examples { get; }
}
