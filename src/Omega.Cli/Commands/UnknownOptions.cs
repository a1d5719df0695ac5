using System.CommandLine;
using System.CommandLine.Parsing;

namespace Omega.Cli.Commands;

/// <summary>Finds misspelt options: the parser would take them for words of the prompt and ask the model about them.</summary>
internal static class UnknownOptions
{
    /// <summary>Complains about the first word that looks like an option and was not given after <c>--</c>.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="prompt">The argument that took the words.</param>
    public static string? Find(ParseResult parsed, Argument prompt)
    {
        if (parsed.GetResult(prompt) is not { } result)
            return null;
        var words = result.Tokens;
        var literal = parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1).Count();
        var word = words.Take(words.Count - literal).Select(token => token.Value).FirstOrDefault(IsOption);
        if (word is null)
            return null;
        var name = word.Split('=', 2)[0];
        var known = parsed.CommandResult.Command.Options
            .SelectMany(option => option.Aliases.Prepend(option.Name))
            .Where(known => known.StartsWith("--", StringComparison.Ordinal));
        var question = NearNames.Find(name, known) is { } near ? $" Did you mean {near}?" : "";
        return $"Unknown option {name}.{question} Words that begin with - go in quotes with the rest, or after --.";
    }

    private static bool IsOption(string word) =>
        word.Length > 1 && word[0] == '-' && !word.Any(char.IsWhiteSpace) && (char.IsAsciiLetter(word[1]) || (word[1] == '-' && word.Length > 2 && char.IsAsciiLetter(word[2])));
}
