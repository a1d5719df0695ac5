using System.Globalization;

namespace Omega.Desk.Tests;

/// <summary>How well wrong figures are flagged over a set of labelled answers, with every miss.</summary>
public sealed class GroundingScore
{
    private readonly List<string> _misses = [];

    public int Answers { get; private set; }

    public int Figures { get; private set; }

    public int Wrong { get; private set; }

    /// <summary>Wrong figures that are flagged.</summary>
    public int Caught { get; private set; }

    /// <summary>Right figures that are flagged, and numbers that claim nothing and are flagged.</summary>
    public int FalseAlarms { get; private set; }

    /// <summary>Right figures that are traced.</summary>
    public int Traced { get; private set; }

    public double Recall => (double)Caught / Wrong;

    public double Precision => (double)Caught / (Caught + FalseAlarms);

    public double Coverage => (double)Traced / (Figures - Wrong);

    public static GroundingScore Of(IEnumerable<LabelledAnswer> answers)
    {
        var score = new GroundingScore();
        foreach (var answer in answers)
            score.Add(answer);
        return score;
    }

    public string Report() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Answers} answers, {Figures} figures, {Wrong} of them wrong: recall {Recall:0.000}, precision {Precision:0.000}, right ones traced {Coverage:0.000}\n{string.Join('\n', _misses)}");

    private void Add(LabelledAnswer answer)
    {
        var report = Grounding.Check(answer.Text, answer.Sources);
        Answers++;
        foreach (var labelled in answer.Figures)
        {
            var found = report.Figures.Where(labelled.Overlaps).ToArray();
            var isFlagged = Array.Exists(found, figure => figure.Trace is null);
            Figures++;
            Wrong += labelled.Wrong is null ? 0 : 1;
            Caught += labelled.Wrong is not null && isFlagged ? 1 : 0;
            FalseAlarms += labelled.Wrong is null && isFlagged ? 1 : 0;
            Traced += labelled.Wrong is null && found.Length > 0 && !isFlagged ? 1 : 0;
            if (labelled.Wrong is not null != isFlagged || found.Length == 0)
                Miss(answer, labelled, found.Length == 0 ? "not seen" : labelled.Wrong is null ? $"flagged: {Told(found[0])}" : $"{labelled.Wrong} missed: {Told(found[0])}");
        }

        foreach (var extra in report.Figures.Where(figure => figure.Trace is null && !answer.Figures.Any(labelled => labelled.Overlaps(figure))))
        {
            FalseAlarms++;
            Miss(answer, new LabelledFigure(extra.Start, extra.Length, null), $"no claim, flagged: {Told(extra)}");
        }
    }

    private void Miss(LabelledAnswer answer, LabelledFigure figure, string what)
    {
        var (from, to) = (Math.Max(0, figure.Start - 40), Math.Min(answer.Text.Length, figure.Start + figure.Length + 25));
        var around = $"{answer.Text[from..figure.Start]}[{answer.Text.Substring(figure.Start, figure.Length)}]{answer.Text[(figure.Start + figure.Length)..to]}";
        _misses.Add($"  {answer.Name}: …{around.ReplaceLineEndings(" ")}… {what}");
    }

    private static string Told(AnswerFigure figure) =>
        figure.Trace is { } trace ? $"{trace.Kind} {string.Join(", ", trace.Origins.Select(origin => $"{origin.Ref}{origin.Path}"))}" : $"{figure.Reason} (nearest {figure.Nearest?.Path ?? "none"})";
}
