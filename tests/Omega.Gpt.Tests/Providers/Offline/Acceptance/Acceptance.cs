using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Omega.Gpt.Functions.Schema;
using Omega.Gpt.Providers;
using static Omega.Gpt.Tests.Providers.Offline.OfflineReading;

namespace Omega.Gpt.Tests.Providers.Offline.Acceptance;

/// <summary>How the offline provider did on labelled prompts.</summary>
internal sealed class Acceptance
{
    private readonly StringBuilder _misses = new();

    public int Wanted { get; private set; }

    /// <summary>Prompts that name functions and got exactly those: called, or asked about where a value is missing.</summary>
    public int RightFunction { get; private set; }

    public int Unwanted { get; private set; }

    /// <summary>Prompts that name none, and got neither a call nor a question about one.</summary>
    public int LeftAlone { get; private set; }

    public int WithArguments { get; private set; }

    public int RightArguments { get; private set; }

    public int WithMissing { get; private set; }

    /// <summary>Prompts without a required value, where the answer asks for it by name.</summary>
    public int Asked { get; private set; }

    public int InvalidArguments { get; private set; }

    public static async Task<Acceptance> RunAsync(FunctionSet functions, IEnumerable<LabelledPrompt> prompts)
    {
        var score = new Acceptance();
        foreach (var prompt in prompts)
            score.Judge(prompt, functions, await AskAsync(Request(prompt.Text, functions.Definitions)));
        return score;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"right function {RightFunction}/{Wanted}, left alone {LeftAlone}/{Unwanted}, asked for what is missing {Asked}/{WithMissing}, arguments as labelled {RightArguments}/{WithArguments}, invalid arguments {InvalidArguments}\n{_misses}");

    private void Judge(LabelledPrompt prompt, FunctionSet functions, IReadOnlyList<ModelDelta> deltas)
    {
        var calls = deltas.Calls();
        var text = deltas.Text();
        var asks = text.StartsWith("To call ", StringComparison.Ordinal) ? text.Split(' ')[2] : null;
        InvalidArguments += calls.Count(call => !JsonSchema.Compile(functions.First(function => function.Name == call.Name).Parameters).Validate(call.Arguments).IsValid);
        var got = calls.Count > 0 ? string.Join(" + ", calls.Select(call => call.Name + call.Arguments)) : asks is null ? "nothing" : "a question: " + text.ReplaceLineEndings(" ");

        if (prompt.Functions.Length == 0)
        {
            Unwanted++;
            if (Count(calls.Count == 0 && asks is null, "nothing was wanted"))
                LeftAlone++;
            return;
        }

        Wanted++;
        var named = asks is null ? calls.Select(call => call.Name) : [asks];
        var right = Count(named.SequenceEqual(prompt.Functions), "wanted " + string.Join(" + ", prompt.Functions));
        RightFunction += right ? 1 : 0;
        if (prompt.Missing is not null)
        {
            WithMissing++;
            if (Count(calls.Count == 0 && text.Contains("- " + prompt.Missing, StringComparison.Ordinal), "should ask for " + prompt.Missing))
                Asked++;
        }
        else if (prompt.Arguments is not null)
        {
            WithArguments++;
            if (Count(right && calls.Count > 0 && JsonNode.DeepEquals(JsonNode.Parse(prompt.Arguments), JsonNode.Parse(calls[0].Arguments)), "arguments " + prompt.Arguments))
                RightArguments++;
        }

        bool Count(bool good, string expected)
        {
            if (!good)
                _misses.Append("  ").Append(prompt.Text).Append("\n      ").Append(expected).Append("\n      got ").Append(got).Append('\n');
            return good;
        }
    }
}
