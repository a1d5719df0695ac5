using System.Globalization;
using Omega.Trading.Expressions;

namespace Omega.Trading.Tests.Expressions;

/// <summary>
/// Fifty expressions over forty bars against tables reckoned by hand: nulls, equalities, gaps, and the bars on which a longer one ends.
/// </summary>
public sealed class HandTableTests
{
    public static TheoryData<string> Expressions => [.. HandTable.All.Select(table => table.Expression)];

    [Theory]
    [MemberData(nameof(Expressions))]
    public void Advance_FortyBars_YieldsTheTable(string expression)
    {
        var table = HandTable.All.Single(table => table.Expression == expression);
        var run = Expression.Parse(expression, new() { Timeframe = Timeframe.H1 }).Start(Timeframe.H1);
        var isTruth = table.Cells.Any(cell => cell is "T" or "F");
        var differences = new List<string>();
        for (var i = 0; i < HandBars.All.Count; i++)
        {
            run.Advance(HandBars.All[i]);
            var isEqual = isTruth ? HandTable.Is(table.Cells[i], run.Truth) : HandTable.Is(table.Cells[i], run.Number);
            var value = isTruth ? run.Truth?.ToString() : run.Number?.ToString(CultureInfo.InvariantCulture);
            if (!isEqual)
                differences.Add($"bar {i}: {table.Cells[i]} by hand, {value ?? "null"} found");
        }

        Assert.True(differences.Count == 0, $"{expression}: {string.Join("; ", differences)}");
    }

    [Fact]
    public void All_Tables_HaveAValueForEachOfFortyBars()
    {
        Assert.Equal(40, HandBars.All.Count);
        Assert.All(HandBars.All, bar => Assert.True(bar.Low <= Math.Min(bar.Open, bar.Close) && bar.High >= Math.Max(bar.Open, bar.Close)));
        Assert.All(HandTable.All, table => Assert.Equal(40, table.Cells.Count));
        Assert.Equal(50, HandTable.All.Count);
    }
}
