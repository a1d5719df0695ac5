namespace Omega.Gpt.Providers.Offline;

/// <summary>Decides what to do in a step: call, ask, tell results, or explain. Pure.</summary>
internal static class Analyst
{
    private const int LongestPrompt = 4000;

    public static OfflineReply Answer(ModelRequest request)
    {
        // Results are told and nothing is called again, whatever the choice of functions: rules would call the same for ever.
        if (request.Messages.Count > 0 && request.Messages[^1].Role == Role.Function)
            return OfflineReply.Say(ResultTeller.Tell(request.Messages.Reverse().TakeWhile(message => message.Role == Role.Function).Reverse().SelectMany(message => message.Parts).OfType<FunctionResultPart>()));

        var prompt = Prompt(request.Messages);
        var wishes = Wishes(request, prompt);
        if (wishes.Count == 0)
            return OfflineReply.Say(Speech.Introduction(prompt, request.Functions));
        if (wishes.FirstOrDefault(wish => !wish.Filled.IsComplete) is { } open)
            return OfflineReply.Say(Question.For(open));
        return new OfflineReply("", [.. wishes.Select(wish => new OfflineCall(wish.Profile.Name, wish.Filled.Arguments.ToJsonString()))]);
    }

    private static IReadOnlyList<Wish> Wishes(ModelRequest request, string prompt)
    {
        var choice = request.Options.FunctionChoice ?? FunctionChoice.Auto;
        if (request.Functions.Count == 0 || choice.Kind == "none")
            return [];

        var matcher = new FunctionMatcher(request.Functions);
        if (choice.Kind == "function")
            return matcher.Of(choice.FunctionName!, prompt) is { } chosen ? [chosen] : [];

        var found = matcher.Find(prompt);
        if (found.Count == 0 && choice.Kind == "required" && matcher.Best(prompt) is { } best)
            found = [best];
        return request.Options.ParallelCalls == false ? [.. found.Take(1)] : found;
    }

    // Rules look at a page of text; what is beyond it is material, not a wish.
    private static string Prompt(IReadOnlyList<Message> messages) =>
        WholePrompt(messages) is var prompt && prompt.Length > LongestPrompt ? prompt[..LongestPrompt] : prompt;

    // The answer to a question of ours completes the prompt that was asked about.
    private static string WholePrompt(IReadOnlyList<Message> messages)
    {
        var users = messages.Where(message => message.Role == Role.User).ToArray();
        if (users.Length == 0)
            return "";
        var last = users[^1].Text;
        var before = messages.Reverse().SkipWhile(message => message != users[^1]).Skip(1).FirstOrDefault();
        return users.Length > 1 && before is { Role: Role.Assistant } && before.Text.StartsWith(Question.Opening, StringComparison.Ordinal)
            ? users[^2].Text.TrimEnd('.', '?', '!', ' ') + " " + last
            : last;
    }
}
