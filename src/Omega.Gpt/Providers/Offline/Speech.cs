using System.Text;

namespace Omega.Gpt.Providers.Offline;

/// <summary>The sentences that are the same whatever the functions are. Pure; each text ends with the offline mark.</summary>
internal static class Speech
{
    private const string Ways = """
        To talk to a model, add its API key in one of three ways:
        - set an environment variable, such as OPENAI_API_KEY or ANTHROPIC_API_KEY
        - write the same into a file named .env in the working directory, as OPENAI_API_KEY=your-key
        - give it on the command line with --api-key
        """;

    private const int DescriptionLength = 100;

    private const int ListedFunctions = 12;

    /// <summary>The answer to a prompt that no function serves.</summary>
    public static string Introduction(string prompt, IReadOnlyList<FunctionDefinition> functions)
    {
        var text = new StringBuilder();
        if (SmallTalk.Is(prompt) || string.IsNullOrWhiteSpace(prompt))
        {
            text.Append(SmallTalk.IsGreeting(prompt) ? "Hello! " : "");
            text.Append("This is Omega, a real-time GPT engine for .NET. It streams the answers and function calls of any model the moment they arrive, ");
            text.Append("runs functions safely, keeps conversations, and counts what they cost. ");
            text.Append("You are talking to its offline analyst, which is a set of rules and not a model");
            text.Append(functions.Count > 0 ? ": it calls the functions that a prompt clearly asks for.\n\n" : ".\n\n");
        }
        else
        {
            text.Append(functions.Count > 0
                ? "I cannot answer that without a model: I am a set of rules, and none of the functions I can call fits it.\n\n"
                : "I cannot answer that without a model: I am a set of rules that calls functions, and there are none to call.\n\n");
        }

        AppendFunctions(text, functions);
        return Signed(text.Append(Ways));
    }

    /// <summary>The text with the mark as its last line.</summary>
    public static string Signed(StringBuilder text) => text.ToString().TrimEnd().ReplaceLineEndings("\n") + "\n\n" + OfflineProvider.Mark;

    private static void AppendFunctions(StringBuilder text, IReadOnlyList<FunctionDefinition> functions)
    {
        if (functions.Count == 0)
            return;

        text.Append("What I can call:\n");
        foreach (var function in functions.Take(ListedFunctions))
        {
            text.Append("- ").Append(function.Name);
            if (FirstSentence(function.Description) is { Length: > 0 } sentence)
                text.Append(": ").Append(sentence);
            text.Append('\n');
        }

        if (functions.Count > ListedFunctions)
            text.Append("- and ").Append(functions.Count - ListedFunctions).Append(" more\n");
        text.Append('\n');
    }

    private static string FirstSentence(string? description)
    {
        var line = (description ?? "").ReplaceLineEndings(" ").Trim();
        var end = line.IndexOf(". ", StringComparison.Ordinal);
        var sentence = end > 0 ? line[..end] : line.TrimEnd('.');
        return sentence.Length <= DescriptionLength ? sentence : sentence[..CutBefore(sentence, DescriptionLength)].TrimEnd() + "…";
    }

    // A cut at a word's end where there is one, and never inside a surrogate pair.
    private static int CutBefore(string text, int length)
    {
        var space = text.LastIndexOf(' ', length);
        if (space > length / 2)
            return space;
        return char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
    }
}
