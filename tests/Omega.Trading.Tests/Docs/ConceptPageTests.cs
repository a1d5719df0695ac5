using System.Text.RegularExpressions;
using Omega.Trading.Analysis;
using Omega.Trading.Expressions;
using Omega.Trading.Strategies;

namespace Omega.Trading.Tests.Docs;

/// <summary>What the pages for people who write rules show, works.</summary>
public sealed partial class ConceptPageTests
{
    [Fact]
    public void ExpressionsPage_Examples_Compile()
    {
        var examples = Blocks(Page("expressions.md"), "omega").SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Expression.Parse(example, new() { Type = ExpressionType.Bool, Timeframe = Timeframe.H1 }));
    }

    [Fact]
    public void ExpressionsPage_Error_IsWhatTheParserSays()
    {
        var shown = Assert.Single(Blocks(Page("expressions.md"), "text"));
        Assert.Equal(shown, Assert.Throws<ExpressionException>(() => Expression.Parse("crossover(emma(12), ema(26))")).Message);
    }

    [Fact]
    public void StrategiesPage_Example_CompilesWithItsParameters()
    {
        var spec = StrategySpec.Parse(Assert.Single(Blocks(Page("strategies.md"), "json")));
        spec.Compile(new Dictionary<string, double> { ["dip"] = 30 }).Start(Timeframe.H1);
    }

    [Fact]
    public void StrategiesPage_BuiltIns_AreAllNamed() =>
        Assert.All(BuiltInStrategies.All, spec => Assert.Contains($"`{spec.Name}`", Page("strategies.md"), StringComparison.Ordinal));

    [Fact]
    public void ExpressionsPage_NamesOfTheLanguage_AreAllThere() =>
        Assert.All(Vocabulary.PriceNames.Concat(FrameNames.All).Concat(Vocabulary.Maths.Keys).Concat(Vocabulary.Crossings.Keys), name => Assert.Matches($@"\b{name}\b", Page("expressions.md")));

    [Fact]
    public void AnalysisPage_Figures_AreAllThereAsDefined()
    {
        var page = Page("analysis.md");
        Assert.All(FigureCatalog.All, figure => Assert.Contains($"| `{figure.Name}` | {figure.Unit} | {figure.Meaning} |\n", page, StringComparison.Ordinal));
        Assert.Equal(FigureCatalog.All.Count, page.Split('\n').Count(line => line.StartsWith("| `", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Blocks(string page, string language) => Fence().Matches(page)
        .Where(match => match.Groups["language"].Value == language)
        .Select(match => match.Groups["text"].Value);

    private static string Page(string name) => File.ReadAllText(Folders.At("docs", "concepts", name)).ReplaceLineEndings("\n");

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<text>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
