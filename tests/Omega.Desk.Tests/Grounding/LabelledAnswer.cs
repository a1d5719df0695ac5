using System.Text;
using System.Text.Json;

namespace Omega.Desk.Tests;

/// <summary>A figure of an answer that a person labelled: right where <paramref name="Wrong"/> is null, else what is wrong with it.</summary>
public sealed record LabelledFigure(int Start, int Length, string? Wrong)
{
    public bool Overlaps(AnswerFigure figure) => figure.Start < Start + Length && Start < figure.Start + figure.Length;
}

/// <summary>
/// An answer with labelled figures: <c>{{63.2}}</c> is right, <c>{{28.1!label}}</c> is wrong. All other numbers claim nothing.
/// </summary>
public sealed record LabelledAnswer(string Name, string Text, IReadOnlyList<LabelledFigure> Figures, IReadOnlyList<GroundingSource> Sources)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Grounding", "Fixtures");

    /// <summary>Answers of a file: each begins with a line <c>=== source: name</c>.</summary>
    public static IReadOnlyList<LabelledAnswer> Read(string file) =>
        [.. File.ReadAllText(Path.Combine(Folder, file)).Split("=== ", StringSplitOptions.RemoveEmptyEntries).Select(part =>
        {
            var line = part.IndexOf('\n', StringComparison.Ordinal);
            return Parse(part[..line].Trim(), part[(line + 1)..].TrimEnd());
        })];

    public static LabelledAnswer Parse(string name, string marked)
    {
        var (text, figures) = (new StringBuilder(), new List<LabelledFigure>());
        for (var at = 0; at < marked.Length;)
        {
            var open = marked.IndexOf("{{", at, StringComparison.Ordinal);
            text.Append(marked, at, (open < 0 ? marked.Length : open) - at);
            if (open < 0)
                break;
            var close = marked.IndexOf("}}", open, StringComparison.Ordinal);
            var parts = marked[(open + 2)..close].Split('!');
            figures.Add(new LabelledFigure(text.Length, parts[0].Length, parts.Length > 1 ? parts[1] : null));
            text.Append(parts[0]);
            at = close + 2;
        }

        return new LabelledAnswer(name, text.ToString(), figures, SourcesOf(name.Split(':')[0]));
    }

    public static IReadOnlyList<GroundingSource> SourcesOf(string name)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "sources", name + ".json")));
        return
        [
            GroundingSource.Prompt(file.RootElement.GetProperty("prompt").GetString()!),
            .. file.RootElement.GetProperty("calls").EnumerateArray().Select(call => GroundingSource.Result(
                call.GetProperty("call").GetString()!, call.GetProperty("result").Clone(), call.GetProperty("arguments").Clone())),
        ];
    }
}
