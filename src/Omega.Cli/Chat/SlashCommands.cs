using Omega.Cli.Chat.Slash;

namespace Omega.Cli.Chat;

/// <summary>All slash commands, and how a line becomes one.</summary>
internal static class SlashCommands
{
    public static IReadOnlyList<ISlashCommand> All { get; } =
    [
        new HelpCommand(), new ModelCommand(), new SystemCommand(), new MarketCommand(), new FunctionsCommand(), new UsageCommand(),
        new SaveCommand(), new LoadCommand(), new ClearCommand(), new QuitCommand(),
    ];

    /// <summary>
    /// The command's name and what stands behind it; null where the line is for the model. A path is, and so is what begins with two
    /// slashes, which then loses one.
    /// </summary>
    /// <param name="line">What was entered, trimmed.</param>
    public static (string Name, string Argument)? Read(string line)
    {
        if (line.Length < 2 || line[0] != '/')
            return null;
        var end = line.AsSpan().IndexOfAny(" \t\n") is var at && at < 0 ? line.Length : at;
        var name = line[1..end];
        return name.All(c => char.IsAsciiLetter(c) || c == '-') ? (name.ToLowerInvariant(), line[end..].Trim()) : null;
    }

    /// <summary>The command of a name.</summary>
    /// <exception cref="CliException">There is none; the message offers a near one.</exception>
    public static ISlashCommand Find(string name)
    {
        if (All.FirstOrDefault(command => command.Name == (name is "exit" ? "quit" : name)) is { } found)
            return found;
        // Part of a name that only one begins with is meant for it.
        var near = All.Where(command => command.Name.StartsWith(name, StringComparison.Ordinal)).Select(command => command.Name).ToList() is [var only]
            ? only
            : NearNames.Find(name, All.Select(command => command.Name));
        throw CliException.Usage($"Unknown command /{name}.{(near is null ? "" : $" Did you mean /{near}?")} See /help; to say it to the model, begin with //.");
    }

    /// <summary>What Tab may make of a line.</summary>
    public static IReadOnlyList<string> Complete(string written) =>
        written.StartsWith('/') && !written.Any(char.IsWhiteSpace)
            ? [.. All.Where(command => command.Name.StartsWith(written[1..], StringComparison.Ordinal)).Select(command => $"/{command.Name} ")]
            : [];
}
