using System.Globalization;

namespace Omega.Gpt.Usage;

/// <summary>What a limit holds for. The numbers are in the ledger's file.</summary>
internal enum BudgetScope
{
    Turn = 1,
    Session = 2,
    Day = 3,
    Month = 4,
}

/// <summary>One account that a call is charged to: a scope and which turn, session, day or month.</summary>
internal readonly record struct BudgetAccount(BudgetScope Scope, string Key)
{
    /// <summary>The scope's name in events.</summary>
    public string Name => Scope switch
    {
        BudgetScope.Turn => "turn",
        BudgetScope.Session => "session",
        BudgetScope.Day => "day",
        _ => "month",
    };

    /// <summary>The accounts of a call that began at a time; a call outside of a turn has none for it.</summary>
    public static IEnumerable<BudgetAccount> Of(string? session, string? turn, DateTimeOffset at)
    {
        if (turn is not null)
            yield return new BudgetAccount(BudgetScope.Turn, $"{session}/{turn}");
        if (session is not null)
            yield return new BudgetAccount(BudgetScope.Session, session);
        var utc = at.UtcDateTime;
        yield return new BudgetAccount(BudgetScope.Day, utc.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        yield return new BudgetAccount(BudgetScope.Month, utc.ToString("yyyy-MM", CultureInfo.InvariantCulture));
    }
}

/// <summary>A limit on an account, and how much of it is spent or reserved.</summary>
internal readonly record struct BudgetState(BudgetAccount Account, decimal Limit, decimal Spent)
{
    public decimal Left => Limit - Spent;
}
